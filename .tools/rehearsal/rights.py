"""What CloudFormation needs of a deployer's rights for a resource.

CloudFormation makes its calls with the deployer's rights. Which calls a type of resource needs stands in its schema in AWS's
registry, which cfn-lint brings along. The schema also names calls for features that this project does not use; UNUSED leaves
those out.
"""

import functools
import glob
import json
import os

TOOLS = os.path.join(os.path.dirname(__file__), "..", "..", ".build", "tools", "python")
REGION, ACCOUNT = "eu-central-1", "000000000000"
# Calls that a type needs beside those of its own service.
FURTHER = {"AWS::Lambda::Alias": "codedeploy:"}
# API Gateway sets the access log up with the rights of its caller. It documents this with its logs, not in the registry.
ACCESS_LOG = [f"logs:{call}" for call in (
    "CreateLogDelivery", "GetLogDelivery", "UpdateLogDelivery", "DeleteLogDelivery", "ListLogDeliveries", "PutResourcePolicy",
    "DescribeResourcePolicies", "DescribeLogGroups")]
# Calls on an event source mapping for which AWS sets lambda:FunctionArn, and the policy asks for it.
WITH_FUNCTION = {f"lambda:{call}EventSourceMapping" for call in ("Create", "Delete", "Update")}
# The service to which a type passes a role, and the property that names the role.
PASSED = {
    "AWS::Lambda::Function": ("lambda", lambda p: p["Role"]),
    "AWS::CodeDeploy::DeploymentGroup": ("codedeploy", lambda p: p["ServiceRoleArn"]),
    "AWS::Scheduler::Schedule": ("scheduler", lambda p: p["Target"]["RoleArn"]),
}
UNUSED = {
    # Replicas, streams, imports, insights and policies of a table.
    *(f"dynamodb:{call}" for call in (
        "AssociateTableReplica", "BatchWriteItem", "CreateTableReplica", "DeleteItem", "DeleteResourcePolicy", "DisableKinesisStreamingDestination",
        "EnableKinesisStreamingDestination", "GetItem", "ImportTable", "PutItem", "PutResourcePolicy", "Query", "Scan",
        "UpdateContributorInsights", "UpdateItem", "UpdateKinesisStreamingDestination")),
    # Layers, capacity providers, signed code, recursion, runtime versions and provisioned concurrency of a function.
    *(f"lambda:{call}" for call in (
        "AssociateRuntimeAlias", "DeleteFunctionCodeSigningConfig", "DeleteProvisionedConcurrencyConfig", "GetCodeSigningConfig", "GetLayerVersion",
        "PassCapacityProvider", "PutFunctionCodeSigningConfig", "PutFunctionRecursionConfig", "PutFunctionScalingConfig",
        "PutProvisionedConcurrencyConfig", "PutRuntimeManagementConfig")),
    # Managed policies and boundaries of a role, and its description.
    *(f"iam:{call}" for call in (
        "AttachRolePolicy", "DeleteRolePermissionsBoundary", "DetachRolePolicy", "PutRolePermissionsBoundary", "UpdateRole",
        "UpdateRoleDescription")),
    # Keys, indexes, data protection, deliveries and policies of a log group.
    *(f"logs:{call}" for call in (
        "AssociateKmsKey", "CreateLogDelivery", "DeleteIndexPolicy", "DeleteResourcePolicy", "DescribeResourcePolicies", "DisassociateKmsKey",
        "PutBearerTokenAuthentication", "PutDataProtectionPolicy", "PutIndexPolicy", "PutLogGroupDeletionProtection", "PutResourcePolicy")),
    # Policies of a bus, and servers in a rollout.
    "events:PutPermission", "events:RemovePermission", "codedeploy:RegisterOnPremisesInstance",
    # All but the encryption, versions, tags, policy and public access of the bucket for packages.
    *(f"s3:{call}" for call in (
        "CreateBucketMetadataTableConfiguration", "PutAccelerateConfiguration", "PutAnalyticsConfiguration", "PutIntelligentTieringConfiguration",
        "PutInventoryConfiguration", "PutLifecycleConfiguration", "PutMetricsConfiguration", "PutObjectAcl", "PutObjectLockConfiguration",
        "PutReplicationConfiguration", "DeleteObject", "TagResource", "ListTagsForResource")),
}


def arn(service, resource, region=REGION, account=ACCOUNT):
    return f"arn:aws:{service}:{region}:{account}:{resource}"


def function_of(name, properties):
    given = str(properties.get("FunctionName", name))
    return given.split(":function:")[-1].split(":")[0]


def named_by_aws(log_group):
    """CloudFormation's name of a log group that the template does not name. The emulator has another form."""
    emulated = "/aws/cloudformation/"
    return log_group.removeprefix(emulated).replace("/", "-") if log_group.startswith(emulated) else log_group


# The ARN of a resource in its service, from its name and properties.
ARNS = {
    "lambda": lambda name, p: arn("lambda", "function:" + function_of(name, p)),
    "iam": lambda name, p: arn("iam", f"role/{name}", region=""),
    "dynamodb": lambda name, p: arn("dynamodb", f"table/{name}"),
    "events": lambda name, p: arn("events", f"rule/{p['EventBusName']}/{name.rsplit('|', 1)[-1]}" if "EventBusName" in p
                                  else f"event-bus/{p.get('Name', name)}"),
    "scheduler": lambda name, p: arn("scheduler", f"schedule/default/{p.get('Name', name)}"),
    "sqs": lambda name, p: arn("sqs", p.get("Queues", [name])[0].rsplit("/", 1)[-1]),
    "logs": lambda name, p: arn("logs", f"log-group:{p.get('LogGroupName', named_by_aws(name))}:*"),
    "cloudwatch": lambda name, p: arn("cloudwatch", f"dashboard/{p['DashboardName']}", region="") if "DashboardName" in p
    else arn("cloudwatch", f"alarm:{name}"),
    "apigateway": lambda name, p: arn("apigateway", "/domainnames/" + p["DomainName"] if "DomainName" in p
                                      else f"/apis/{p.get('ApiId', name)}", account=""),
    "codedeploy": lambda name, p: arn("codedeploy", f"deploymentgroup:{p['ApplicationName']}/{name}" if "ApplicationName" in p
                                      else f"application:{name}"),
    "s3": lambda name, p: f"arn:aws:s3:::{p.get('Bucket', name)}",
}


@functools.cache
def handlers(kind):
    """The calls of each operation on a type of resource."""
    (data,) = glob.glob(os.path.join(TOOLS, "lib", "python3*", "site-packages", "cfnlint", "data", "schemas"))
    with open(os.path.join(data, "providers", f"{REGION}.json"), encoding="utf-8") as file:
        schema = json.load(file)[kind]
    with open(os.path.join(data, "resources", f"{schema}.json"), encoding="utf-8") as file:
        return {operation: handler["permissions"] for operation, handler in json.load(file)["handlers"].items()}


def service_of(kind):
    given = kind.split("::")[1].lower()
    return "apigateway" if given == "apigatewayv2" else given


def requests(kind, operation, name, properties):
    """The calls for an operation on a resource: action, ARN, and the condition keys that AWS sets."""
    service = service_of(kind)
    for action in sorted({*handlers(kind)[operation], *handlers(kind).get("read", [])} - UNUSED):
        if action == "iam:PassRole" and kind in PASSED:
            to, role = PASSED[kind]
            yield action, role(properties), {"iam:passedtoservice": f"{to}.amazonaws.com"}
        elif kind == "AWS::Lambda::EventSourceMapping" and action.startswith("lambda:"):
            # Creating one has no resource to IAM.
            of = {"lambda:functionarn": ARNS["lambda"](name, properties)} if action in WITH_FUNCTION else {}
            yield action, "*" if "Create" in action else arn("lambda", f"event-source-mapping:{name}"), of
        elif action == "cloudwatch:DescribeAlarms":
            yield action, arn("cloudwatch", "alarm:*"), {}
        elif action == "logs:DescribeLogGroups":
            yield action, arn("logs", "log-group:*"), {}
        elif action.startswith(FURTHER.get(kind, "-")):
            group = "deploymentconfig:CodeDeployDefault.LambdaAllAtOnce" if "Config" in action else f"deploymentgroup:{name.split(':')[-2]}"
            yield action, arn("codedeploy", group), {}
        elif action.startswith(service + ":"):
            yield action, ARNS[service](name, properties), {}
    if "AccessLogSettings" in properties:
        for action in ACCESS_LOG:
            yield action, "*", {}
