// Command floor is the floor for every function that updates one item with the SDK. It makes the same UpdateItem as the
// service, with constant values, and answers a constant. It has no HTTP layer, no parsing and no rules.
//
// WARM_UP=1 makes it read the catalogue before lambda.Start, as the service does.
package main

import (
	"context"
	"encoding/json"
	"log"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

func main() {
	table := newTable(os.Getenv)
	if os.Getenv("WARM_UP") == "1" {
		if err := table.readCatalogue(context.Background()); err != nil {
			log.Fatal(err)
		}
	}
	lambda.Start(table.update)
}

// table is a client with the one table that it uses.
type table struct {
	client *dynamodb.Client
	name   string
}

func newTable(env func(string) string) *table {
	config := aws.Config{
		Region: env("AWS_REGION"),
		Credentials: aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
			return aws.Credentials{AccessKeyID: env("AWS_ACCESS_KEY_ID"), SecretAccessKey: env("AWS_SECRET_ACCESS_KEY")}, nil
		}),
		BaseEndpoint: aws.String(env("AWS_ENDPOINT_URL_DYNAMODB")),
	}
	return &table{client: dynamodb.NewFromConfig(config), name: env("TABLE_NAME")}
}

func (t *table) update(ctx context.Context, _ json.RawMessage) (json.RawMessage, error) {
	if _, err := t.client.UpdateItem(ctx, constantUpdate(t.name)); err != nil {
		return nil, err
	}
	return json.RawMessage(`{"statusCode":200}`), nil
}
