//! A peer of the benchmark: one PutItem behind API Gateway with AWS's runtime and SDK for Rust, on one thread.
//!
//! It reads the id from the path and the body as JSON, puts both as one item and answers with the body. It has none of
//! the service's rules, other formats, tokens or conditions. The client is made before the first event, as AWS's samples
//! do, and makes its first connection with the first event. The feature `reads` adds the function's requests to the table:
//! the catalogue before the first event, client and token with the first one. It reads them and judges nothing.

use std::env;

use aws_config::SdkConfig;
use aws_sdk_dynamodb::{Client, types::AttributeValue};
use lambda_http::{Body, Error, Request, RequestExt, Response, run, service_fn, tracing};
use serde::{Deserialize, Serialize};

/// The body of a request and of its answer.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Task {
    enabled: bool,
    #[serde(rename = "TaskID")]
    task_id: String,
    frequency: u8,
    start_date: String,
    finish_date: String,
    parameters: String,
    content_type: String,
    notification: u8,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    tracing::init_default_subscriber();
    let client = Client::new(&configuration().await);
    let table = env::var("TABLE_NAME")?;
    #[cfg(feature = "reads")]
    read_catalogue(&client, &table).await?;
    #[cfg(feature = "reads")]
    let access = tokio::sync::OnceCell::new();
    run(service_fn(async |request| {
        #[cfg(feature = "reads")]
        access.get_or_try_init(|| read_access(&client, &table)).await?;
        put(&client, &table, request).await
    }))
    .await
}

/// Reads the catalogue, as the function does while it starts.
#[cfg(feature = "reads")]
async fn read_catalogue(client: &Client, table: &str) -> Result<(), Error> {
    client
        .query()
        .table_name(table)
        .key_condition_expression("#pk = :pk")
        .expression_attribute_names("#pk", "pk")
        .expression_attribute_values(":pk", AttributeValue::S("CATALOG".to_owned()))
        .send()
        .await?;
    Ok(())
}

/// Reads a client and a token, as the function does with the first invocation that has this token.
#[cfg(feature = "reads")]
async fn read_access(client: &Client, table: &str) -> Result<(), Error> {
    use aws_sdk_dynamodb::types::KeysAndAttributes;
    let key = |sk: &str| {
        [("pk", "CLIENT#demo"), ("sk", sk)].map(|(name, value)| (name.to_owned(), AttributeValue::S(value.to_owned()))).into()
    };
    let keys = KeysAndAttributes::builder().keys(key("CLIENT")).keys(key("TOKEN#0")).consistent_read(true).build()?;
    client.batch_get_item().request_items(table, keys).send().await?;
    Ok(())
}

/// The SDK's configuration from the environment, with its default HTTP client.
#[cfg(feature = "aws-lc")]
async fn configuration() -> SdkConfig {
    aws_config::load_from_env().await
}

/// The SDK's configuration from the environment, with an HTTP client on ring.
#[cfg(feature = "ring")]
async fn configuration() -> SdkConfig {
    use aws_smithy_http_client::{Builder, tls};
    let provider = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    aws_config::from_env().http_client(Builder::new().tls_provider(provider).build_https()).load().await
}

async fn put(client: &Client, table: &str, request: Request) -> Result<Response<Body>, Error> {
    let Some(id) = request.path_parameters().first("id").map(str::to_owned) else {
        return answer(400, "the path has no id");
    };
    let task: Task = match serde_json::from_slice(request.body()) {
        Ok(task) => task,
        Err(error) => return answer(400, &error.to_string()),
    };
    let text = |value: &str| AttributeValue::S(value.to_owned());
    let written = client
        .put_item()
        .table_name(table)
        .item("pk", text("ACCOUNT#11111111-1111-4111-8111-111111111111"))
        .item("sk", text(&format!("TASK#{id}")))
        .item("Enabled", AttributeValue::Bool(task.enabled))
        .item("TaskID", text(&task.task_id))
        .item("Frequency", AttributeValue::N(task.frequency.to_string()))
        .item("StartDate", text(&task.start_date))
        .item("FinishDate", text(&task.finish_date))
        .item("Parameters", text(&task.parameters))
        .item("ContentType", text(&task.content_type))
        .item("Notification", AttributeValue::N(task.notification.to_string()))
        .send()
        .await;
    match written {
        Ok(_) => answer(200, &serde_json::to_string(&task)?),
        Err(error) => {
            tracing::error!(?error, "the item was not put");
            answer(500, "the item was not put")
        }
    }
}

fn answer(status: u16, body: &str) -> Result<Response<Body>, Error> {
    Ok(Response::builder().status(status).header("content-type", "application/json").body(Body::from(body))?)
}
