"""Tests what CloudFormation gets: template.yaml as SAM transforms it, with the stack's parameters filled in.

    python .tools/template_test.py

The linters check what is usual; these tests check what this service promises: who may call it, what each role may do,
and what a deletion or a bad release must not destroy.
"""

import functools
import json
import logging
import os
import unittest

os.environ.setdefault("AWS_DEFAULT_REGION", "eu-central-1")
from samcli.yamlhelper import yaml_parse  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402

logging.getLogger("samtranslator").setLevel(logging.ERROR)

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
# Another file for tests of these tests.
TEMPLATE = os.environ.get("TEMPLATE", os.path.join(ROOT, "template.yaml"))
TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms"


class Stack:
    """The resources of a stack with these parameters: conditions, parameters and settings resolved."""

    def __init__(self, configuration=None, settings=None, **parameters):
        with open(TEMPLATE, encoding="utf-8") as file:
            source = yaml_parse(file.read())
        if configuration:
            variables = source["Resources"]["AccountTasksFunction"]["Properties"]["Environment"]["Variables"]
            variables["CONFIGURATION"] = configuration
        # What SAM's packaging puts there.
        source["Globals"]["Function"]["CodeUri"] = "s3://bucket/code"
        self.template = transform(source, {"AWS::Region": "eu-central-1", **parameters}, None)
        self.parameters = {name: str(p["Default"]) for name, p in source["Parameters"].items()} | parameters
        self.settings = source["Mappings"]["Settings"] if settings is None else settings
        self.setting = self.settings[self.parameters["Stage"]]
        self.resources = {
            name: self.resolved(resource)
            for name, resource in self.template["Resources"].items()
            if self.holds(resource.get("Condition"))
        }

    def holds(self, condition):
        if condition is None:
            return True
        if isinstance(condition, str):
            condition = self.template["Conditions"][condition]
        ((function, arguments),) = condition.items()
        if function == "Fn::Not":
            return not self.holds(arguments[0])
        if function == "Fn::And":
            return all(map(self.holds, arguments))
        assert function == "Fn::Equals", function
        return self.resolved(arguments[0]) == self.resolved(arguments[1])

    def resolved(self, value):
        if isinstance(value, list):
            return [r for r in map(self.resolved, value) if r != {"Ref": "AWS::NoValue"}]
        if not isinstance(value, dict):
            return value
        if "Fn::If" in value:
            condition, met, unmet = value["Fn::If"]
            return self.resolved(met if self.holds(condition) else unmet)
        if value.get("Ref") in self.parameters:
            return self.parameters[value["Ref"]]
        if "Fn::FindInMap" in value:
            _, stage, name = map(self.resolved, value["Fn::FindInMap"])
            return self.settings[stage][name]
        members = {name: self.resolved(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member != {"Ref": "AWS::NoValue"}}

    def of(self, kind):
        return {name: r["Properties"] for name, r in self.resources.items() if r["Type"] == kind}

    def routes(self):
        """Each route's operation in the API's definition, by the route's key."""
        routes = {}
        for path, methods in self.of("AWS::ApiGatewayV2::Api")["Api"]["Body"]["paths"].items():
            for method, operation in methods.items():
                key = "$default" if operation.get("isDefaultRoute") else f"{method.upper()} {path}"
                routes[key] = operation
        return routes

    def statements(self):
        """Every statement of every policy that a role has."""
        for name, role in self.of("AWS::IAM::Role").items():
            for policy in role["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    yield f"{name}: {statement['Sid']}", statement


# Settings in which every one differs from the template's.
OTHERS = {"AlarmTopic": TOPIC, "NotificationTopic": TOPIC, "LogRetentionDays": 7, "ReservedConcurrency": 5, "RunTimeoutMinutes": "60", "ThrottleRate": 1, "ThrottleBurst": 2,
          "TokenThrottleRate": 3, "TokenThrottleBurst": 4}
STACKS = {
    "development": Stack(),
    "production": Stack(Stage="prod"),
    "production with other settings": Stack(Stage="prod", settings={"prod": OTHERS}),
    "production, at once": Stack(Stage="prod", Rollout="at-once"),
    "nothing protected": Stack(DeletionProtection="false"),
    "notifications": Stack(settings={"dev": OTHERS}),
}
UPDATE = "PUT /api/v1/admin/tasks/account/{id}"
TOKEN = "POST /{name}"
CLIENTS = "POST /api/v1/admin/clients"
TASKS = [
    UPDATE,
    "GET /api/v1/admin/tasks/account/{id}",
    "DELETE /api/v1/admin/tasks/account/{id}",
    "GET /api/v1/admin/tasks/account",
    "POST /api/v2/admin/tasks/account",
    "GET /api/v1/admin/tasks",
    "POST /api/v1/admin/tasks/account/run",
    "GET /api/v1/admin/tasks/account/{id}/runs",
    "GET /api/v1/admin/tasks/account/{id}/schedule",
    "$default",
]
FUNCTIONS = {**dict.fromkeys(TASKS, "AccountTasksFunction"), **dict.fromkeys([TOKEN, CLIENTS], "TokenFunction")}


def listed(value):
    return value if isinstance(value, list) else [value]


def for_every_stack(test):
    @functools.wraps(test)
    def run(self):
        for name, stack in STACKS.items():
            with self.subTest(name):
                test(self, stack)

    return run


class Everywhere(unittest.TestCase):
    """What holds whatever the parameters are."""

    @for_every_stack
    def test_every_route_leads_to_its_function_and_none_to_anything_else(self, stack):
        routes = stack.routes()
        self.assertEqual(routes.keys(), FUNCTIONS.keys())
        for key, operation in routes.items():
            integration = operation["x-amazon-apigateway-integration"]
            self.assertIn("${%sAliaslive}" % FUNCTIONS[key], integration["uri"]["Fn::Sub"], key)
            self.assertEqual((integration["type"], integration["payloadFormatVersion"]), ("aws_proxy", "2.0"), key)

    @for_every_stack
    def test_the_api_fails_on_warnings_and_is_exported_for_its_host_name(self, stack):
        self.assertTrue(stack.of("AWS::ApiGatewayV2::Api")["Api"]["FailOnWarnings"])
        export = {"Value": {"Ref": "Api"}, "Export": {"Name": {"Fn::Sub": "${AWS::StackName}-ApiId"}}}
        self.assertLessEqual(export.items(), stack.template["Outputs"]["ApiId"].items())

    @for_every_stack
    def test_there_is_no_way_around_the_api(self, stack):
        for kind in ("AWS::ApiGatewayV2::Route", "AWS::ApiGatewayV2::Integration", "AWS::Lambda::Url"):
            self.assertFalse(stack.of(kind), kind)
        for name, permission in stack.of("AWS::Lambda::Permission").items():
            if name == "RunnerFunctionReportPermission":
                continue  # the workers' reports, which another test checks
            self.assertEqual(permission["Principal"], "apigateway.amazonaws.com", name)
            self.assertIn("Api", json.dumps(permission["SourceArn"]), name)

    @for_every_stack
    def test_every_path_parameter_has_a_schema(self, stack):
        """API Gateway warns of one without, and a warning fails the deployment."""
        for key, operation in stack.routes().items():
            names = [part[1:-1] for part in key.split("/") if part.startswith("{")]
            want = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in names]
            self.assertEqual(operation.get("parameters", []), want, key)

    # Actions for which AWS has no narrower resource, with the only one it takes.
    WIDEST = {
        "xray:PutTraceSegments": "*",
        "xray:PutTelemetryRecords": "*",
        "cloudwatch:DescribeAlarms": {
            "Fn::Sub": "arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*"
        },
    }

    @for_every_stack
    def test_every_policy_statement_names_its_actions_and_its_resources(self, stack):
        for name, statement in stack.statements():
            self.assertEqual(statement["Effect"], "Allow", name)
            self.assertFalse({"NotAction", "NotResource"} & statement.keys(), name)
            for action in listed(statement["Action"]):
                self.assertRegex(action, r"^[a-z0-9-]+:[A-Z][A-Za-z]+$", name)
                for resource in listed(statement["Resource"]):
                    if resource != self.WIDEST.get(action):
                        self.assertNotIn("*", json.dumps(resource), f"{name}, {action}")

    @for_every_stack
    def test_roles_have_no_policies_but_their_own(self, stack):
        for name, role in stack.of("AWS::IAM::Role").items():
            self.assertFalse(role.get("ManagedPolicyArns"), name)
            for statement in role["AssumeRolePolicyDocument"]["Statement"]:
                self.assertEqual(statement["Action"], "sts:AssumeRole", name)
                self.assertEqual(statement["Condition"], {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}, name)
                self.assertRegex(statement["Principal"]["Service"], r"^(lambda|codedeploy|scheduler)\.amazonaws\.com$", name)
        for kind in ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
            self.assertFalse(stack.of(kind), kind)

    @for_every_stack
    def test_a_function_touches_its_own_partitions_of_the_table_only(self, stack):
        got = {}
        for name, role in stack.of("AWS::IAM::Role").items():
            for policy in role["Policies"]:
                for statement in policy["PolicyDocument"]["Statement"]:
                    if "dynamodb:" in json.dumps(statement["Action"]) and statement["Sid"] != "FindDueTasks":
                        self.assertEqual(statement["Condition"].keys(), {"ForAllValues:StringLike"}, name)
                        keys = statement["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"]
                        actions = {action.removeprefix("dynamodb:") for action in listed(statement["Action"])}
                        for key in keys:
                            got.setdefault((name, key), set()).update(actions)
        self.assertEqual(
            got,
            {
                ("AccountTasksRole", "ACCOUNT#*"): {"GetItem", "Query", "UpdateItem"},
                ("AccountTasksRole", "CATALOG"): {"Query"},
                ("AccountTasksRole", "CLIENT#*"): {"BatchGetItem"},
                ("AccountTasksRole", "RUNS"): {"GetItem"},
                ("RunnerRole", "ACCOUNT#*"): {"GetItem", "UpdateItem"},
                ("RunnerRole", "RUNS"): {"GetItem"},
                ("TokenRole", "CLIENT#*"): {"BatchGetItem", "BatchWriteItem", "PutItem"},
                ("TokenRole", "CLIENTS#*"): {"UpdateItem"},
                ("TokenRole", "REFRESH#*"): {"BatchGetItem", "BatchWriteItem", "UpdateItem"},
                ("TokenRole", "SECRET#*"): {"BatchGetItem", "PutItem", "UpdateItem"},
            },
        )

    @for_every_stack
    def test_functions_use_the_stacks_table(self, stack):
        for name, statement in stack.statements():
            if "dynamodb:" in json.dumps(statement["Action"]):
                index = {"Fn::Sub": "${TaskTable.Arn}/index/Due"}
                want = index if statement["Sid"] == "FindDueTasks" else {"Fn::GetAtt": ["TaskTable", "Arn"]}
                self.assertEqual(statement["Resource"], want, name)
        for name, function in stack.of("AWS::Lambda::Function").items():
            self.assertEqual(function["Environment"]["Variables"]["TABLE_NAME"], {"Ref": "TaskTable"}, name)
        self.assertEqual(stack.template["Outputs"]["TableName"]["Value"], {"Ref": "TaskTable"})

    @for_every_stack
    def test_every_log_group_has_a_retention_and_outlives_the_stack(self, stack):
        groups = {n: r for n, r in stack.resources.items() if r["Type"] == "AWS::Logs::LogGroup"}
        self.assertTrue(groups)
        for name, group in groups.items():
            self.assertEqual(group["Properties"]["RetentionInDays"], stack.setting["LogRetentionDays"], name)
            self.assertEqual(group["DeletionPolicy"], "Retain", name)
        for name, function in stack.of("AWS::Lambda::Function").items():
            self.assertIn(function["LoggingConfig"]["LogGroup"].get("Ref"), groups, name)
            self.assertEqual(function["LoggingConfig"]["LogFormat"], "JSON", name)

    @for_every_stack
    def test_the_table_cannot_be_lost(self, stack):
        table = stack.resources["TaskTable"]
        self.assertEqual(table["DeletionPolicy"], "Retain")
        self.assertEqual(table["UpdateReplacePolicy"], "Retain")
        properties = table["Properties"]
        self.assertEqual(properties["DeletionProtectionEnabled"], stack.parameters["DeletionProtection"])
        self.assertTrue(properties["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"])
        self.assertTrue(properties["SSESpecification"]["SSEEnabled"])
        self.assertNotIn("TableName", properties)
        self.assertEqual(properties["TimeToLiveSpecification"], {"AttributeName": "ExpiresAt", "Enabled": True})

    @for_every_stack
    def test_the_table_and_its_index_have_their_keys(self, stack):
        def keys(schema):
            return [(key["AttributeName"], key["KeyType"]) for key in schema]

        table = stack.of("AWS::DynamoDB::Table")["TaskTable"]
        self.assertEqual(keys(table["KeySchema"]), [("pk", "HASH"), ("sk", "RANGE")])
        (index,) = table["GlobalSecondaryIndexes"]
        self.assertEqual((index["IndexName"], index["Projection"]), ("Due", {"ProjectionType": "KEYS_ONLY"}))
        self.assertEqual(keys(index["KeySchema"]), [("DueShard", "HASH"), ("DueAt", "RANGE")])

    @for_every_stack
    def test_each_function_has_its_own_role_and_log(self, stack):
        statements = dict(stack.statements())
        for name, function in stack.of("AWS::Lambda::Function").items():
            own = name.removesuffix("Function")
            self.assertEqual(function["Role"], {"Fn::GetAtt": [own + "Role", "Arn"]})
            self.assertEqual(function["LoggingConfig"]["LogGroup"], {"Ref": own + "Logs"})
            self.assertEqual(statements[f"{own}Role: WriteLogs"]["Resource"], {"Fn::GetAtt": [own + "Logs", "Arn"]})

    @for_every_stack
    def test_functions_that_callers_wait_for_end_before_the_gateway_gives_up(self, stack):
        for name in set(FUNCTIONS.values()):
            self.assertLess(stack.of("AWS::Lambda::Function")[name]["Timeout"], 29, name)

    @for_every_stack
    def test_functions_use_the_stacks_bus(self, stack):
        for name, function in stack.of("AWS::Lambda::Function").items():
            self.assertEqual(function["Environment"]["Variables"].get("EVENT_BUS", {"Ref": "Events"}), {"Ref": "Events"}, name)

    @for_every_stack
    def test_functions_are_traced_and_called_by_their_alias(self, stack):
        for name, function in stack.of("AWS::Lambda::Function").items():
            self.assertEqual(function["TracingConfig"], {"Mode": "Active"}, name)
            self.assertEqual(function["Runtime"], "provided.al2023", name)
            self.assertIn(name + "Aliaslive", stack.resources)

    @for_every_stack
    def test_every_alarm_tells_the_topic_and_is_on_the_dashboard(self, stack):
        shown = stack.of("AWS::CloudWatch::Dashboard")["Dashboard"]["DashboardBody"]["Fn::Sub"][0]
        json.loads(shown)
        topic = [stack.setting["AlarmTopic"]] if stack.setting["AlarmTopic"] else None
        for name, alarm in stack.of("AWS::CloudWatch::Alarm").items():
            self.assertEqual(alarm["TreatMissingData"], "breaching" if name == "NoTickAlarm" else "notBreaching", name)
            self.assertEqual((alarm.get("AlarmActions"), alarm.get("OKActions")), (topic, topic), name)
            # A dashboard cannot name an alarm that a condition takes away.
            if "Condition" not in stack.template["Resources"][name]:
                self.assertIn("${%s.Arn}" % name, shown)

    @for_every_stack
    def test_the_access_log_is_json_without_bodies_headers_or_tokens(self, stack):
        logged = stack.of("AWS::ApiGatewayV2::Stage")["ApiApiGatewayDefaultStage"]["AccessLogSettings"]
        record = json.loads(logged["Format"])
        for variable in record.values():
            self.assertRegex(variable, r"^\$context\.[A-Za-z_.]+$")
        for want in ("requestId", "integrationErrorMessage", "responseLatency", "status"):
            self.assertIn("$context." + want, record.values())

    @for_every_stack
    def test_every_route_is_throttled_and_the_token_route_by_its_own_limits(self, stack):
        settings = stack.of("AWS::ApiGatewayV2::Stage")["ApiApiGatewayDefaultStage"]

        def limits(rate, burst):
            return {"ThrottlingRateLimit": stack.setting[rate], "ThrottlingBurstLimit": stack.setting[burst]}

        self.assertEqual(settings["DefaultRouteSettings"], limits("ThrottleRate", "ThrottleBurst"))
        self.assertEqual(settings["RouteSettings"], {TOKEN: limits("TokenThrottleRate", "TokenThrottleBurst")})

    @for_every_stack
    def test_the_runner_is_woken_each_minute_and_no_lost_event_goes_unnoticed(self, stack):
        ((name, schedule),) = stack.of("AWS::Scheduler::Schedule").items()
        target, queue = schedule["Target"], {"Fn::GetAtt": ["LostEvents", "Arn"]}
        self.assertEqual((schedule["ScheduleExpression"], schedule.get("State", "ENABLED")), ("rate(1 minute)", "ENABLED"), name)
        self.assertEqual(target["Arn"], {"Ref": "RunnerFunctionAliaslive"})
        self.assertEqual(target["RoleArn"], {"Fn::GetAtt": ["TickRole", "Arn"]})
        self.assertEqual(json.loads(target["Input"]), {"scheduledTime": "<aws.scheduler.scheduled-time>"})
        self.assertEqual(target["DeadLetterConfig"], {"Arn": queue})
        ((_, invocation),) = stack.of("AWS::Lambda::EventInvokeConfig").items()
        self.assertEqual((invocation["Qualifier"], invocation["MaximumRetryAttempts"]), ("live", 2))
        self.assertEqual(invocation["DestinationConfig"], {"OnFailure": {"Destination": queue}})

    @for_every_stack
    def test_the_runner_takes_the_reports_on_the_stacks_bus_and_no_lost_report_goes_unnoticed(self, stack):
        name = "RunnerFunctionReport"
        rule = stack.of("AWS::Events::Rule")[name]
        (target,) = rule["Targets"]
        queue = {"Fn::GetAtt": ["LostEvents", "Arn"]}
        self.assertEqual((rule["EventBusName"], rule.get("State", "ENABLED")), ({"Ref": "Events"}, "ENABLED"))
        self.assertEqual(rule["EventPattern"], {"detail-type": ["Account Task Finished"]})
        self.assertEqual((target["Arn"], target["DeadLetterConfig"]), ({"Ref": "RunnerFunctionAliaslive"}, {"Arn": queue}))
        permissions = [p for p in stack.of("AWS::Lambda::Permission").values() if p["Principal"] == "events.amazonaws.com"]
        self.assertEqual([p["SourceArn"] for p in permissions], [{"Fn::GetAtt": [name, "Arn"]}])
        (statement,) = stack.of("AWS::SQS::QueuePolicy")["LostEventsPolicy"]["PolicyDocument"]["Statement"]
        self.assertEqual(statement["Principal"], {"Service": "events.amazonaws.com"})
        self.assertEqual((statement["Action"], statement["Resource"]), ("sqs:SendMessage", queue))
        self.assertEqual(statement["Condition"], {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [name, "Arn"]}}})

    @for_every_stack
    def test_the_scheduler_may_wake_the_live_runner_and_keep_lost_ticks(self, stack):
        queue = {"Fn::GetAtt": ["LostEvents", "Arn"]}
        rights = {(s["Action"], json.dumps(s["Resource"])) for name, s in stack.statements() if name.startswith("TickRole:")}
        live = {"Fn::Sub": "${RunnerFunction.Arn}:live"}
        self.assertEqual(rights, {("lambda:InvokeFunction", json.dumps(live)), ("sqs:SendMessage", json.dumps(queue))})

    @for_every_stack
    def test_codedeploy_may_move_the_aliases_that_it_deploys(self, stack):
        moved = dict(stack.statements())["DeploymentRole: MoveAliases"]["Resource"]
        for group in stack.of("AWS::CodeDeploy::DeploymentGroup"):
            function = group.removesuffix("DeploymentGroup")
            self.assertIn({"Fn::GetAtt": [function, "Arn"]}, moved)
            self.assertIn({"Fn::Sub": "${%s.Arn}:live" % function}, moved)

    @for_every_stack
    def test_the_scheduler_acts_for_this_account_alone(self, stack):
        (statement,) = stack.of("AWS::IAM::Role")["TickRole"]["AssumeRolePolicyDocument"]["Statement"]
        self.assertEqual(statement["Principal"], {"Service": "scheduler.amazonaws.com"})
        self.assertEqual(statement["Condition"], {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}})

    @for_every_stack
    def test_the_service_tells_of_runs_under_its_own_name_and_nothing_else(self, stack):
        senders = {n: s for n, s in stack.statements() if "events:" in json.dumps(s["Action"])}
        self.assertEqual(senders.keys(), {"AccountTasksRole: TellWorkers", "RunnerRole: TellWorkers"})
        for name, statement in senders.items():
            self.assertEqual(statement["Action"], "events:PutEvents", name)
            self.assertEqual(statement["Resource"], {"Fn::GetAtt": ["Events", "Arn"]}, name)
            sent = {
                "AccountTasksRole: TellWorkers": "Account Task Due",
                "RunnerRole: TellWorkers": ["Account Task Due", "Account Task Notification"],
            }
            # The source has several values. Null keeps the condition from being met by a request without any.
            want = {"ForAllValues:StringEquals": {"events:source": "accounttasks"}, "Null": {"events:source": "false"},
                    "StringEquals": {"events:detail-type": sent[name]}}
            self.assertEqual(statement["Condition"], want, name)

    @for_every_stack
    def test_stacks_of_one_account_share_no_name(self, stack):
        names = {"Name", "FunctionName", "QueueName", "TableName", "RoleName", "LogGroupName", "AlarmName", "DashboardName", "ApplicationName"}
        for logical_id, resource in stack.resources.items():
            for name in names & resource["Properties"].keys() if resource["Type"] != "AWS::Lambda::Alias" else ():
                value = json.dumps(resource["Properties"][name])
                if "Ref" not in value or "AWS::StackName" in value:  # another resource's name is unique already
                    self.assertIn("AWS::StackName", value, f"{logical_id}: {name}")

    VARIABLES = {
        "TABLE_NAME", "CONFIGURATION", "EVENT_BUS", "RUN_TIMEOUT_MINUTES",
        "AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_EVENTBRIDGE",
    }

    @for_every_stack
    def test_no_variable_of_a_function_is_a_secret(self, stack):
        for name, function in stack.of("AWS::Lambda::Function").items():
            variables = function["Environment"]["Variables"]
            self.assertLessEqual(variables.keys(), self.VARIABLES, name)
            for variable, value in variables.items():
                self.assertIsInstance(value, (str, dict), f"{name}: {variable} is text, or what another resource is called")


class ByParameter(unittest.TestCase):
    """What the parameters change."""

    def test_notifications_go_to_the_topic_that_is_asked_for_and_no_lost_one_goes_unnoticed(self):
        for name, resource in STACKS["production"].resources.items():
            self.assertNotIn("Notifications", name, resource["Type"])
        stack, queue = STACKS["notifications"], {"Fn::GetAtt": ["LostNotifications", "Arn"]}
        rule = stack.of("AWS::Events::Rule")["Notifications"]
        self.assertEqual((rule["EventBusName"], rule.get("State", "ENABLED")), ({"Ref": "Events"}, "ENABLED"))
        self.assertEqual(rule["EventPattern"], {"source": ["accounttasks"], "detail-type": ["Account Task Notification"]})
        (target,) = rule["Targets"]
        self.assertEqual((target["Arn"], target["InputPath"]), (TOPIC, "$.detail"))
        self.assertEqual(target["DeadLetterConfig"], {"Arn": queue})
        (statement,) = stack.of("AWS::SQS::QueuePolicy")["LostNotificationsPolicy"]["PolicyDocument"]["Statement"]
        self.assertEqual(statement["Principal"], {"Service": "events.amazonaws.com"})
        self.assertEqual((statement["Action"], statement["Resource"]), ("sqs:SendMessage", queue))
        self.assertEqual(statement["Condition"], {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": ["Notifications", "Arn"]}}})
        alarm = stack.of("AWS::CloudWatch::Alarm")["LostNotificationsAlarm"]
        self.assertEqual(alarm["Dimensions"], [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["LostNotifications", "QueueName"]}}])

    def deployment(self, stack, function):
        group = STACKS[stack].of("AWS::CodeDeploy::DeploymentGroup")[function + "DeploymentGroup"]
        name = group["DeploymentConfigName"]["Fn::Sub"][1]["ConfigName"]
        return name, [alarm["Name"]["Ref"] for alarm in group["AlarmConfiguration"].get("Alarms", [])], group

    def test_production_rolls_a_bad_version_back(self):
        name, alarms, group = self.deployment("production", "AccountTasksFunction")
        self.assertEqual(name, "Canary10Percent5Minutes")
        self.assertEqual(alarms, ["FunctionErrorsAlarm", "InternalErrorsAlarm", "FunctionDurationAlarm"])
        self.assertIn("DEPLOYMENT_STOP_ON_ALARM", group["AutoRollbackConfiguration"]["Events"])
        self.assertEqual(self.deployment("production", "TokenFunction")[1], ["TokenErrorsAlarm", "TokenInternalErrorsAlarm"])

    def test_development_gets_a_new_version_at_once_and_production_where_it_is_asked_for(self):
        for stack in ("development", "production, at once"):
            for function in ("AccountTasksFunction", "TokenFunction"):
                self.assertEqual(self.deployment(stack, function)[:2], ("AllAtOnce", []))

    def test_a_configuration_counted_up_is_a_new_version(self):
        """Most properties make none, which is why there is something to count up."""

        def version(stack):
            return [name for name in stack.resources if name.startswith("AccountTasksFunctionVersion")]

        self.assertNotEqual(version(Stack(configuration="2")), version(STACKS["production"]))

    def test_tags_and_concurrency_make_no_version(self):
        """Lambda publishes none for them, and CloudFormation would fail."""

        def versions(stack):
            return sorted(name for name in stack.resources if "FunctionVersion" in name)

        self.assertEqual(versions(STACKS["production with other settings"]), versions(STACKS["production"]))
        with open(TEMPLATE, encoding="utf-8") as file:
            self.assertNotIn("AutoPublishAliasAllProperties:", file.read())

    def test_operations_describe_every_parameter_and_variable(self):
        with open(os.path.join(ROOT, "OPERATIONS.md"), encoding="utf-8") as file:
            rows = [line for line in file if line.startswith("| `")]
        with open(TEMPLATE, encoding="utf-8") as file:
            parameters = yaml_parse(file.read())["Parameters"]
        for name, parameter in parameters.items():
            row = f"| `{name}` | {parameter['Default'] or 'empty'} | {' '.join(parameter['Description'].split())} |"
            self.assertIn(row, [line.strip() for line in rows])
        for setting in STACKS["production"].settings["prod"]:
            self.assertTrue(any(f"`{setting}`" in line.split(" | ")[0] for line in rows), setting)
        for name, function in STACKS["production"].of("AWS::Lambda::Function").items():
            for variable in function["Environment"]["Variables"]:
                self.assertTrue(any(line.startswith(f"| `{variable}` |") for line in rows), f"{name}: {variable}")

    def test_every_function_has_a_configuration_to_count_up(self):
        for name, function in STACKS["production"].of("AWS::Lambda::Function").items():
            self.assertIn("CONFIGURATION", function["Environment"]["Variables"], name)

    def test_no_parameter_is_what_a_person_must_keep(self):
        """A guided deployment resets parameters. These have a safe default, or are told by samconfig.toml."""
        with open(TEMPLATE, encoding="utf-8") as file:
            self.assertEqual(yaml_parse(file.read())["Parameters"].keys(), {"Stage", "Architecture", "Rollout", "DeletionProtection"})

    SETTINGS = {
        "AlarmTopic": r"|arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_.-]+",
        "NotificationTopic": r"|arn:[a-z-]+:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]+",
        "LogRetentionDays": "7|14|30|60|90|180|365|400|731|1827|3653",
        "ReservedConcurrency": "|[1-9][0-9]{0,4}", "RunTimeoutMinutes": "[1-9]|[1-9][0-9]{1,3}|10080",
        "ThrottleRate": "[1-9][0-9]{0,3}", "ThrottleBurst": "[1-9][0-9]{0,3}",
        "TokenThrottleRate": "[1-9][0-9]{0,3}", "TokenThrottleBurst": "[1-9][0-9]{0,3}",
    }

    def test_settings_are_what_AWS_takes(self):
        for stage, settings in STACKS["production"].settings.items():
            self.assertEqual(settings.keys(), self.SETTINGS.keys(), stage)
            for name, value in settings.items():
                self.assertRegex(str(value), f"^({self.SETTINGS[name]})$", f"{stage}: {name}")

    def test_only_one_processor_is_deployed(self):
        with open(TEMPLATE, encoding="utf-8") as file:
            ((assertion,),) = [rule["Assertions"] for rule in yaml_parse(file.read())["Rules"].values()]
        self.assertEqual(assertion["Assert"], {"Fn::Equals": [{"Ref": "Architecture"}, "arm64"]})

    def test_nothing_is_deployed_unbuilt(self):
        with open(TEMPLATE, encoding="utf-8") as file:
            folder = yaml_parse(file.read())["Globals"]["Function"]["CodeUri"]
        self.assertFalse(os.path.exists(os.path.join(ROOT, folder)))

    def test_concurrency_is_reserved_where_it_is_asked_for(self):
        for stack, reserved in (("development", None), ("production with other settings", 5)):
            function = STACKS[stack].of("AWS::Lambda::Function")["AccountTasksFunction"]
            self.assertEqual(function.get("ReservedConcurrentExecutions"), reserved)


if __name__ == "__main__":
    unittest.main()
