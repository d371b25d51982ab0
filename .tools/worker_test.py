"""Checks what the example worker's template promises.

    python .tools/worker_test.py
"""

import json
import os
import unittest

from samcli.yamlhelper import yaml_parse

TEMPLATE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "examples", "worker", "template.yaml")
with open(TEMPLATE, encoding="utf-8") as file:
    RESOURCES = yaml_parse(file.read())["Resources"]


def properties(name):
    return RESOURCES[name]["Properties"]


def arn(name):
    return {"Fn::GetAtt": [name, "Arn"]}


class Worker(unittest.TestCase):
    def test_the_rule_takes_due_runs_of_its_entries_alone_and_loses_none(self):
        rule = properties("DueRuns")
        self.assertEqual(rule["EventBusName"], {"Ref": "EventBus"})
        self.assertEqual(rule["EventPattern"], {
            "source": ["accounttasks"], "detail-type": ["Account Task Due"], "detail": {"taskId": {"Ref": "TaskIDs"}}})
        (target,) = rule["Targets"]
        self.assertEqual((target["Arn"], target["DeadLetterConfig"]), (arn("Queue"), {"Arn": arn("DeadLetters")}))

    def test_only_the_rule_sends_to_the_queues(self):
        (statement,) = properties("QueuePolicy")["PolicyDocument"]["Statement"]
        self.assertEqual(statement["Principal"], {"Service": "events.amazonaws.com"})
        self.assertEqual(statement["Action"], "sqs:SendMessage")
        self.assertEqual(statement["Resource"], [arn("Queue"), arn("DeadLetters")])
        self.assertEqual(statement["Condition"], {"ArnEquals": {"aws:SourceArn": arn("DueRuns")}})

    def test_a_run_comes_again_after_its_function_has_ended_and_not_for_ever(self):
        queue, function = properties("Queue"), properties("WorkerFunction")
        self.assertGreaterEqual(queue["VisibilityTimeout"], 6 * function["Timeout"])
        self.assertEqual(queue["RedrivePolicy"], {"deadLetterTargetArn": arn("DeadLetters"), "maxReceiveCount": 5})
        self.assertGreaterEqual(properties("DeadLetters")["MessageRetentionPeriod"], queue["MessageRetentionPeriod"])
        event = function["Events"]["Queue"]["Properties"]
        self.assertEqual((event["Queue"], event["FunctionResponseTypes"]), (arn("Queue"), ["ReportBatchItemFailures"]))

    def test_the_alarm_watches_the_dead_letters(self):
        alarm = properties("DeadLettersAlarm")
        self.assertEqual(alarm["Dimensions"], [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["DeadLetters", "QueueName"]}}])
        self.assertEqual((alarm["MetricName"], alarm["Threshold"]), ("ApproximateNumberOfMessagesVisible", 0))

    def test_runs_are_remembered_by_their_id_for_a_time(self):
        table = properties("Runs")
        self.assertEqual(table["KeySchema"], [{"AttributeName": "RunID", "KeyType": "HASH"}])
        self.assertEqual(table["TimeToLiveSpecification"], {"AttributeName": "ExpiresAt", "Enabled": True})

    def test_the_role_has_these_rights_and_no_others(self):
        rights = {}
        for policy in properties("WorkerRole")["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                statement = statement["Fn::If"][1] if "Fn::If" in statement else statement
                self.assertEqual(statement["Effect"], "Allow")
                actions = statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]
                rights[statement["Sid"]] = (sorted(actions), json.dumps(statement["Resource"]))
        bus = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${EventBus}"
        tasks = "arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${TaskTable}"
        self.assertEqual(rights, {
            "TakeMessages": (["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], json.dumps(arn("Queue"))),
            "RememberRuns": (["dynamodb:UpdateItem"], json.dumps(arn("Runs"))),
            "Report": (["events:PutEvents"], json.dumps({"Fn::Sub": bus})),
            "ReadLargeParameters": (["dynamodb:GetItem"], json.dumps({"Fn::Sub": tasks})),
            "WriteLogs": (["logs:CreateLogStream", "logs:PutLogEvents"], json.dumps(arn("Logs"))),
            "Trace": (["xray:PutTelemetryRecords", "xray:PutTraceSegments"], json.dumps("*")),
        })

    def test_a_worker_can_only_report(self):
        (report,) = [s for p in properties("WorkerRole")["Policies"] for s in p["PolicyDocument"]["Statement"] if s.get("Sid") == "Report"]
        self.assertEqual(report["Condition"], {
            "ForAllValues:StringEquals": {"events:source": "accounttasks.worker"}, "Null": {"events:source": "false"},
            "StringEquals": {"events:detail-type": "Account Task Finished"}})


if __name__ == "__main__":
    unittest.main()
