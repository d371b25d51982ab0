"""Plants faults in the template, one by one, and shows which test notices each: `make test-template-faults`.

A fault replaces text of template.yaml. The tests are those of template_test.py and alarms_test.py. The faults in the roles' policies
that only a use can notice are planted by `make test-deploy`.
"""

import multiprocessing
import os
import sys
import tempfile
import unittest

import samcli.yamlhelper  # noqa: F401  what every test needs, loaded once
import samtranslator.translator.transform  # noqa: F401

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
WHOLE = None  # a fault without a new text removes the old one

# What is wrong, the text in the template, and the text in its place. The text is the first such one.
FAULTS = [
    # Routes
    ("a route without a function", """        ListCatalogue:
          Type: HttpApi
          Properties:
            ApiId: !Ref Api
            Path: /api/v1/admin/tasks
            Method: GET
            PayloadFormatVersion: "2.0"
""", WHOLE),
    ("no $default route", """        AnyOtherRoute:
          Type: HttpApi
          Properties:
            ApiId: !Ref Api
            PayloadFormatVersion: "2.0"
""", WHOLE),
    ("a route of another API", "            ApiId: !Ref Api\n", WHOLE),
    ("another format of events", 'PayloadFormatVersion: "2.0"', 'PayloadFormatVersion: "1.0"'),
    ("a path parameter without a schema", "            put:\n              parameters:\n                - {name: id, in: path, required: true, schema: {type: string}}\n", "            put: {}\n"),
    ("the API's import ignores warnings", "      FailOnWarnings: true\n", WHOLE),
    ("no throttle", "      DefaultRouteSettings:\n        ThrottlingRateLimit: !FindInMap [Settings, !Ref Stage, ThrottleRate]\n", "      DefaultRouteSettings:\n"),
    ("the token route has the others' throttle", "TokenThrottleRate]", "ThrottleRate]"),
    ("the access log has a header", '"status":"$context.status"', '"status":"$context.status","auth":"$request.header.authorization"'),
    ("no export for the host name", "    Export:\n      Name: !Sub ${AWS::StackName}-ApiId\n", WHOLE),
    # Functions
    ("the alias is not moved", "    AutoPublishAlias: live\n", WHOLE),
    ("an unbuilt deployment uploads the project", "CodeUri: run-sam-build-first", "CodeUri: ."),
    ("no traces", "    Tracing: Active\n", WHOLE),
    ("a function that outlasts the gateway", "      Timeout: 10\n", "      Timeout: 30\n"),
    ("another table", "TABLE_NAME: !Ref TaskTable", "TABLE_NAME: tasks"),
    ("another bus", "EVENT_BUS: !Ref Events", "EVENT_BUS: default"),
    ("a secret in a variable", '          CONFIGURATION: "1"\n', '          CONFIGURATION: "1"\n          SECRET: hunter2\n'),
    ("a runtime of before", "Runtime: provided.al2023", "Runtime: provided.al2"),
    ("a version for every tag", "    AutoPublishAlias: live\n", "    AutoPublishAlias: live\n    AutoPublishAliasAllProperties: true\n"),
    ("another function's role", "Role: !GetAtt TokenRole.Arn", "Role: !GetAtt AccountTasksRole.Arn"),
    ("another function's log", "LogGroup: !Ref TokenLogs", "LogGroup: !Ref AccountTasksLogs"),
    ("logs are text", "LogFormat: JSON", "LogFormat: Text"),
    ("no limit of concurrency where one is set", "        - !FindInMap [Settings, !Ref Stage, ReservedConcurrency]\n", "        - !Ref AWS::NoValue\n"),
    ("a rule for the processor is missing", "Assert: !Equals [!Ref Architecture, arm64]", "Assert: !Equals [!Ref Architecture, !Ref Architecture]"),
    # Rights
    ("an action is missing", "                  - dynamodb:UpdateItem\n", WHOLE),
    ("an action too many", "                  - dynamodb:UpdateItem\n", "                  - dynamodb:UpdateItem\n                  - dynamodb:DeleteItem\n"),
    ("all actions", "Action: events:PutEvents", "Action: events:*"),
    ("another partition", "                      - CLIENT#*\n", "                      - CLIENT*\n"),
    ("every partition", "                Condition:\n                  ForAllValues:StringLike:\n                    dynamodb:LeadingKeys:\n                      - ACCOUNT#*\n", WHOLE),
    ("every table", "                Resource: !GetAtt TaskTable.Arn\n", "                Resource: !Sub arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*\n"),
    ("another index", "!Sub ${TaskTable.Arn}/index/Due", "!Sub ${TaskTable.Arn}/index/Next"),
    ("another source of events", "events:source: accounttasks", "events:source: account.tasks"),
    ("any source of events", '                  ForAllValues:StringEquals:\n                    events:source: accounttasks\n', WHOLE),
    ("a request without a source", '                  "Null":\n                    events:source: "false"\n', WHOLE),
    ("another bus's events", "Resource: !GetAtt Events.Arn", "Resource: !Sub arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default"),
    ("another account's services", "            Condition:\n              StringEquals:\n                aws:SourceAccount: !Ref AWS::AccountId\n", WHOLE),
    ("another service", "Service: codedeploy.amazonaws.com", "Service: ec2.amazonaws.com"),
    ("the scheduler may not wake the runner", "!Sub ${RunnerFunction.Arn}:live", "!GetAtt RunnerFunction.Arn"),
    ("the scheduler may not keep lost ticks", "              - Sid: KeepLostEvents\n                Effect: Allow\n                Action: sqs:SendMessage\n                Resource: !GetAtt LostEvents.Arn\n", WHOLE),
    ("a function's log is another's", "Resource: !GetAtt TokenLogs.Arn", "Resource: !GetAtt AccountTasksLogs.Arn"),
    ("CodeDeploy may not move an alias", "                  - !Sub ${TokenFunction.Arn}:live\n", WHOLE),
    # Schedule and reports
    ("a schedule of hours", "rate(1 minute)", "rate(1 hour)"),
    ("a tick without its time", """            Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}'\n""", WHOLE),
    ("a tick with another's role", "RoleArn: !GetAtt TickRole.Arn", "RoleArn: !GetAtt RunnerRole.Arn"),
    ("one name of a schedule for all stacks", "            Name: !Sub ${AWS::StackName}-tick\n", WHOLE),
    ("lost ticks are lost", "            DeadLetterConfig:\n              Arn: !GetAtt LostEvents.Arn\n            RetryPolicy:", "            RetryPolicy:"),
    ("failed ticks are lost", "        DestinationConfig:\n          OnFailure:\n            Type: SQS\n            Destination: !GetAtt LostEvents.Arn\n", WHOLE),
    ("lost reports are lost", "                - Account Task Finished\n            DeadLetterConfig:\n              Arn: !GetAtt LostEvents.Arn\n", "                - Account Task Finished\n"),
    ("a rule for other events", "                - Account Task Finished\n", "                - Account Task Done\n"),
    ("a rule on another bus", "            EventBusName: !Ref Events\n", WHOLE),
    ("EventBridge may not keep lost reports", "Service: events.amazonaws.com", "Service: sns.amazonaws.com"),
    # Data
    ("the table goes with the stack", "    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    Properties:\n      BillingMode", "    DeletionPolicy: Delete\n    UpdateReplacePolicy: Retain\n    Properties:\n      BillingMode"),
    ("deletion protection is off", "DeletionProtectionEnabled: !Ref DeletionProtection", "DeletionProtectionEnabled: false"),
    ("deletion protection is off by default", 'Default: "true"', 'Default: "false"'),
    ("no recovery", "PointInTimeRecoveryEnabled: true", "PointInTimeRecoveryEnabled: false"),
    ("tokens are kept forever", "AttributeName: ExpiresAt", "AttributeName: Expires"),
    ("another key of the index", "            - AttributeName: DueAt\n              KeyType: RANGE\n", WHOLE),
    ("the index has whole items", "ProjectionType: KEYS_ONLY", "ProjectionType: ALL"),
    ("logs are kept forever", "      RetentionInDays: !FindInMap [Settings, !Ref Stage, LogRetentionDays]\n", WHOLE),
    ("logs go with the stack", "    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    Properties:\n      RetentionInDays", "    DeletionPolicy: Delete\n    UpdateReplacePolicy: Delete\n    Properties:\n      RetentionInDays"),
    ("a setting that AWS does not take", "LogRetentionDays: 30", "LogRetentionDays: 31"),
    ("a setting that is a parameter", "Parameters:\n", 'Parameters:\n  Retention:\n    Type: Number\n    Default: 30\n    Description: How long\n'),
    # Rollouts
    ("production at once", "Type: !If [IsCareful, Canary10Percent5Minutes, AllAtOnce]", "Type: AllAtOnce"),
    ("no rollback by an alarm", "            - !Ref InternalErrorsAlarm\n", WHOLE),
    ("development is careful", "!And [!Equals [!Ref Stage, prod], !Equals [!Ref Rollout, careful]]", "!Equals [!Ref Rollout, careful]"),
    # Alarms
    ("an alarm on another metric", "MetricName: Errors", "MetricName: Error"),
    ("an alarm on another namespace", "Namespace: AWS/Lambda", "Namespace: AWS/lambda"),
    ("an alarm on another alias", '{Name: Resource, Value: !Sub "${AccountTasksFunction}:live"}', '{Name: Resource, Value: !Sub "${AccountTasksFunction}:prod"}'),
    ("an alarm on another function", "        - {Name: FunctionName, Value: !Ref TokenFunction}\n        - {Name: Code, Value: Unavailable}", "        - {Name: FunctionName, Value: !Ref AccountTasksFunction}\n        - {Name: Code, Value: Unavailable}"),
    ("an alarm on another code", "{Name: Code, Value: Unavailable}", "{Name: Code, Value: ServiceUnavailable}"),
    ("an alarm on another dimension", "{Name: Code, Value: TooManyRequests}", "{Name: Reason, Value: TooManyRequests}"),
    ("an alarm on another stage", "{Name: Stage, Value: $default}", "{Name: Stage, Value: prod}"),
    ("an alarm on another queue", "Value: !GetAtt LostEvents.QueueName", "Value: !GetAtt LostEvents.Arn"),
    ("an alarm that never goes off", "      Threshold: 3000\n", "      Threshold: 3000000\n"),
    ("an alarm that one failure in a day raises", "FILL(failed, 0) >= 2", "FILL(failed, 0) >= 1"),
    ("an alarm that never ends", "TreatMissingData: notBreaching", "TreatMissingData: ignore"),
    ("silence of the runner raises no alarm", "TreatMissingData: breaching", "TreatMissingData: notBreaching"),
    ("an alarm that tells nobody", "      AlarmActions: !If [HasAlarmTopic, [!FindInMap [Settings, !Ref Stage, AlarmTopic]], !Ref AWS::NoValue]\n", WHOLE),
    ("an alarm that does not say that it is over", "      OKActions: !If [HasAlarmTopic, [!FindInMap [Settings, !Ref Stage, AlarmTopic]], !Ref AWS::NoValue]\n", WHOLE),
    ("an alarm that the dashboard lacks", '"${LagAlarm.Arn}", ', ""),
    ("an alarm that looks too rarely", "            Period: 900\n", "            Period: 3600\n"),
]


def planted(old, new):
    with open(os.path.join(ROOT, "template.yaml"), encoding="utf-8") as file:
        template = file.read()
    if old not in template:
        sys.exit(f"FAILED: this text of a fault is not in the template: {old!r}")
    return template.replace(old, new or "", 1)


def first_failure(path):
    """The first test that fails with this template, None if all pass. It runs in a process that ends afterwards."""
    os.environ["TEMPLATE"] = path
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    try:
        suite = unittest.defaultTestLoader.loadTestsFromNames(["template_test", "alarms_test"])
    except Exception as problem:  # the template cannot be transformed
        return f"{type(problem).__name__}: {problem}"[:100]
    result = unittest.TestResult()
    result.failfast = True
    suite.run(result)
    failed = result.failures + result.errors
    return failed[0][0].id() if failed else None


def main():
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (_, old, new) in enumerate(FAULTS):
            paths.append(os.path.join(folder, f"{number}.yaml"))
            with open(paths[-1], "w", encoding="utf-8") as file:
                file.write(planted(old, new))
        with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
            for (fault, _, _), noticed in zip(FAULTS, pool.imap(first_failure, paths)):
                print(f"{fault}: {noticed or 'NOT NOTICED'}", flush=True)
                if not noticed:
                    missed.append(fault)
    if missed:
        sys.exit(f"FAILED: nothing noticed {len(missed)} of {len(FAULTS)} faults: " + "; ".join(missed))
    print(f"each of {len(FAULTS)} faults is noticed")


if __name__ == "__main__":
    main()
