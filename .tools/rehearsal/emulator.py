"""ministack as an AWS account for `make test-deploy`, with what it lacks of this stack.

    python .tools/rehearsal/emulator.py <port>

Added: resources of CodeDeploy and alarms on metric math are recorded and do nothing; an HTTP API gets the routes of its
definition; functions find this server; the condition keys dynamodb:LeadingKeys, events:source and events:detail-type; the
account may take a role in the name of an AWS service that the role trusts; CloudFormation needs the rights of the user who
deploys. Left out: schedules wake nothing by themselves; the rehearsal does it. The additions use names that ministack does
not promise to keep, so its version is pinned. Each denied request is printed as one line: DENIED, the action and the role.
"""

import contextvars
import dataclasses
import json
import os
import sys

PORT = sys.argv.pop()  # ministack reads its own arguments
os.environ.update(
    BIND_HOST="127.0.0.1", GATEWAY_PORT=PORT, AUTH="true", MINISTACK_HOST="localhost", LOG_LEVEL="WARNING",
    IOT_MTLS_ENABLED="0", SFTP_ENABLED="0", PERSIST_STATE="0", S3_PERSIST="0",
)

from ministack import app  # noqa: E402
from ministack.core import iam_actions, iam_evaluator  # noqa: E402
from ministack.services import apigateway, scheduler  # noqa: E402
from ministack.services.cloudformation import provisioners, stacks  # noqa: E402

import rights  # noqa: E402

# AWS judges a change set for the transform that its template names, too.
TRANSFORM = "Serverless-2016-10-31"
HANDLERS = provisioners._RESOURCE_HANDLERS


def recorded(name_of):
    """Handlers of a resource that is only recorded: its name is all that other resources read of it."""

    def made(name):
        return name, {"Arn": f"arn:aws:cloudwatch:{os.environ['AWS_REGION']}:000000000000:alarm:{name}"}

    return {
        "create": lambda logical_id, new, stack: made(name_of(logical_id, new, stack)),
        "update": lambda physical_id, old, new, stack: made(physical_id),
        "delete": lambda physical_id, properties: None,
    }


def record_what_deploys():
    HANDLERS["AWS::CodeDeploy::Application"] = recorded(lambda logical_id, new, stack: f"{stack}-{logical_id}")
    HANDLERS["AWS::CodeDeploy::DeploymentGroup"] = recorded(lambda logical_id, new, stack: f"{stack}-{logical_id}")


def record_alarms_on_metric_math():
    plain = dict(HANDLERS["AWS::CloudWatch::Alarm"])
    math = recorded(lambda logical_id, new, stack: f"{stack}-{logical_id}")

    def either(operation, properties_at):
        def handle(*arguments):
            handlers = math if "Metrics" in arguments[properties_at] else plain
            return handlers[operation](*arguments)

        return handle

    HANDLERS["AWS::CloudWatch::Alarm"] = {
        "create": either("create", 1), "update": either("update", 2), "delete": either("delete", 1)
    }


def import_definition(api, definition):
    """Makes the routes and integrations of an OpenAPI definition, in place of those the API has."""
    apigateway._routes[api], apigateway._integrations[api] = {}, {}
    for path, methods in definition["paths"].items():
        for method, operation in methods.items():
            described = [p["name"] for p in operation.get("parameters", []) if p["in"] == "path" and "schema" in p]
            named = [part[1:-1] for part in path.split("/") if part.startswith("{")]
            if described != named:
                raise ValueError(f"API Gateway would warn: {method} {path} does not describe its path parameters")
            integration = operation["x-amazon-apigateway-integration"]
            made, _ = provisioners._apigw_v2_integration_create(path, {
                "ApiId": api, "IntegrationType": integration["type"].upper(), "IntegrationUri": integration["uri"],
                "IntegrationMethod": integration["httpMethod"],
                "PayloadFormatVersion": integration["payloadFormatVersion"],
            }, "")
            key = "$default" if operation.get("isDefaultRoute") else f"{method.upper()} {path}"
            provisioners._apigw_v2_route_create(path, {"ApiId": api, "RouteKey": key, "Target": f"integrations/{made}"}, "")


def import_definitions():
    handlers = HANDLERS["AWS::ApiGatewayV2::Api"]
    create, update = handlers["create"], handlers["update"]

    def creating(logical_id, new, stack):
        made = create(logical_id, new, stack)
        import_definition(made[0], new["Body"])
        return made

    def updating(physical_id, old, new, stack, *rest, **named):
        made = update(physical_id, old, new, stack, *rest, **named)
        import_definition(made[0], new["Body"])
        return made

    handlers.update(create=creating, update=updating)


def lead_functions_here():
    """Functions get this server's address in the variables that name an endpoint."""
    handlers = HANDLERS["AWS::Lambda::Function"]
    create, update = handlers["create"], handlers["update"]

    def here(properties):
        variables = properties["Environment"]["Variables"]
        variables.update((name, f"http://127.0.0.1:{PORT}") for name in variables if name.startswith("AWS_ENDPOINT_URL_"))
        return properties

    def creating(logical_id, new, stack):
        return create(logical_id, here(new), stack)

    def updating(physical_id, old, new, *rest, **named):
        return update(physical_id, here(old), here(new), *rest, **named)

    handlers.update(create=creating, update=updating)


def keys_of(request):
    """The partition keys that a request to DynamoDB names, in its order."""
    if "KeyConditionExpression" in request:
        # The service compares the partition key first.
        placeholder = request["KeyConditionExpression"].split("=")[1].split()[0].strip("() ")
        return [request["ExpressionAttributeValues"][placeholder]["S"]]
    if "TransactItems" in request:
        return [keys_of(part)[0] for item in request["TransactItems"] for part in item.values()]
    keys = [request.get("Key") or request.get("Item")]
    for asked in request.get("RequestItems", {}).values():
        if isinstance(asked, dict):
            keys += asked["Keys"]
        else:
            keys += [part.get("Item") or part["Key"] for write in asked for part in write.values()]
    return [key["pk"]["S"] for key in keys if key and "pk" in key]


def judge_leading_keys():
    context, enforce, denied = (
        iam_actions.dynamodb_service_context, iam_evaluator.enforce, iam_actions.access_denied_response
    )
    # The keys of a transaction's items that are still to be judged: AWS judges each item by itself.
    of_items = contextvars.ContextVar("of_items")

    def with_keys(body):
        request = json.loads(body or b"{}")
        keys = keys_of(request)
        of_items.set(list(keys) if "TransactItems" in request else [])
        return context(body) | ({"dynamodb:LeadingKeys": keys} if keys else {})

    def enforcing(key, action, service, region, resource_arn="*", service_context=None):
        if "dynamodb:EnclosingOperation" in (service_context or {}):
            service_context = service_context | {"dynamodb:LeadingKeys": [of_items.get().pop(0)]}
        # As the messages of AWS name these resources.
        if action in ("logs:CreateLogStream", "logs:PutLogEvents"):
            resource_arn += ":log-stream:"
        if action == "cloudwatch:DescribeAlarms":
            resource_arn = f"arn:aws:cloudwatch:{region}:000000000000:alarm:*"
        return enforce(key, action, service, region, resource_arn, service_context)

    def reporting(service, action, principal, *arguments, **named):
        print("DENIED", action, principal, flush=True)
        return denied(service, action, principal, *arguments, **named)

    iam_actions.dynamodb_service_context = with_keys
    iam_evaluator.enforce = enforcing
    iam_actions.access_denied_response = reporting


def judge_sources_of_events():
    context = iam_actions.request_tag_context

    def with_source(service, action, body, *arguments):
        found = context(service, action, body, *arguments)
        if action != "events:PutEvents":
            return found
        entries = json.loads(body)["Entries"]
        (kind,) = {entry["DetailType"] for entry in entries}  # a request of the stacks has one entry
        return found | {"events:source": [entry["Source"] for entry in entries], "events:detail-type": kind}

    iam_actions.request_tag_context = with_source


def name_actions_on_aliases():
    """AWS's names of a function's actions that CodeDeploy needs."""
    name = iam_actions._lambda_action
    named = {("GET", "aliases"): "GetAlias", ("PUT", "aliases"): "UpdateAlias", ("DELETE", "aliases"): "DeleteAlias",
             ("GET", "provisioned-concurrency"): "GetProvisionedConcurrencyConfig"}

    def naming(method, path):
        parts = path.rstrip("/").split("/")
        kind = "aliases" if parts[-2] == "aliases" else parts[-1] if parts[-1] != "aliases" else ""
        return named.get((method, kind)) or name(method, path)

    iam_actions._lambda_action = naming


def let_services_take_roles():
    """The account takes a role in the name of an AWS service: it gives the service's name as that of the session."""
    evaluate = iam_evaluator.evaluate_trust_policy

    def trusts(policy, caller, context=None):
        service = context.service_context.get("sts:rolesessionname") if context else None
        if not (service or "").endswith(".amazonaws.com") or not caller.endswith(":root"):
            return evaluate(policy, caller, context)
        known = context.service_context | {"aws:sourceaccount": context.principal_account}
        context = dataclasses.replace(context, service_context=known)
        return any(
            statement["Effect"] == "Allow" and statement["Principal"] == {"Service": service}
            and iam_evaluator._conditions_met(statement.get("Condition", {}), context)
            for statement in (json.loads(policy) if isinstance(policy, str) else policy)["Statement"])

    iam_evaluator.evaluate_trust_policy = trusts


def judge_deployers():
    """CloudFormation's calls for a user need the user's rights. Each request of a user is printed as one line: JUDGED, and
    what was asked in JSON."""
    provision, update, delete = stacks._provision_resource, stacks._update_resource, stacks._delete_resource
    enforce = iam_evaluator.enforce

    def judged(action, resource, context):
        print("JUDGED", json.dumps({"action": action, "resource": resource, "context": context}), flush=True)

    def judge(kind, operation, name, properties):
        user = iam_evaluator.caller_arn()
        if ":user/" not in user:
            return
        policies = iam_evaluator._gather_user_policies(user.rsplit("/", 1)[1], rights.ACCOUNT)
        for action, resource, context in rights.requests(kind, operation, name, properties):
            judged(action, resource, context)
            asked = iam_evaluator.EvalContext(user, "User", rights.ACCOUNT, action, resource, rights.REGION, service_context=context)
            if iam_evaluator.evaluate(asked, policies).decision != "Allow":
                print("DENIED", action, user, flush=True)
                raise ValueError(f"{user} is not authorized to perform: {action} on resource: {resource}")

    def provisioning(kind, logical_id, properties, stack):
        judge(kind, "create", f"{stack}-{logical_id}-1A2B3C", properties)
        return provision(kind, logical_id, properties, stack)

    def updating(kind, physical_id, old, new, *rest):
        if old != new:
            judge(kind, "update", physical_id, new)
        return update(kind, physical_id, old, new, *rest)

    def deleting(kind, physical_id, properties, *rest):
        judge(kind, "delete", physical_id, properties)
        return delete(kind, physical_id, properties, *rest)

    def enforcing(key, action, service, region, resource_arn="*", service_context=None):
        if ":user/" in iam_evaluator.caller_arn():
            judged(action, resource_arn, {})
        denied = enforce(key, action, service, region, resource_arn, service_context)
        if not denied and action == "cloudformation:CreateChangeSet" and not resource_arn.endswith(TRANSFORM):
            return enforcing(key, action, service, region, f"arn:aws:cloudformation:{region}:aws:transform/{TRANSFORM}")
        return denied

    stacks._provision_resource, stacks._update_resource, stacks._delete_resource = provisioning, updating, deleting
    iam_evaluator.enforce = enforcing
    # SAM's bucket demands TLS, which this server does not have.
    origin = iam_evaluator.pin_request_origin
    app.pin_request_origin = iam_evaluator.pin_request_origin = lambda address, secure: origin(address, True)


def leave_schedules_to_the_rehearsal():
    scheduler.start_scheduler = lambda: None


record_what_deploys()
record_alarms_on_metric_math()
import_definitions()
lead_functions_here()
judge_leading_keys()
judge_sources_of_events()
name_actions_on_aliases()
let_services_take_roles()
judge_deployers()
leave_schedules_to_the_rehearsal()
app.main()
