"""The parts of AWS's services, which the rehearsal plays with the roles that they have in a stack.

The emulator moves no traffic, wakes nothing, and stores no logs of a function. So the rehearsal takes each role as the
service that the role trusts, and makes the calls that AWS documents for it.
"""

import datetime
import json
import time

CODEDEPLOY, LAMBDA, SCHEDULER = (f"{name}.amazonaws.com" for name in ("codedeploy", "lambda", "scheduler"))
# How far ahead of the clock the runner takes a tick, and a little less.
AHEAD = 50


def instant(seconds):
    """A moment so many seconds from now."""
    return (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Parts:
    """uses() has the calls of each role, in a form that makes all of them although some are denied."""

    def __init__(self, account, stack, service):
        self.account, self.stack, self.service = account, stack, service
        self.token = service.token("own")

    def client_as(self, service, role, called):
        return self.account.client_as(service, self.stack.resources()[role], called)

    def uses(self):
        return {
            "AccountTasksRole": [lambda: self.service.task_failures(self.token), self.logging("AccountTasks")],
            "TokenRole": [self.service.token_failures, self.logging("Token")],
            "RunnerRole": [self.tick, self.report, self.keep_failed_tick, self.logging("Runner")],
            "TickRole": [self.tick, self.keep_undelivered_tick],
            "DeploymentRole": [self.shift("AccountTasksFunction"), self.shift("TokenFunction"), self.watch_alarms],
        }

    def wake_runner(self, seconds=0):
        """What EventBridge Scheduler does each minute, for a time so many seconds from now, but waiting for the answer."""
        (name,) = [s["Name"] for s in self.account.client("scheduler").list_schedules()["Schedules"]]
        target = self.account.client("scheduler").get_schedule(Name=name)["Target"]
        role = target["RoleArn"].rsplit("/", 1)[1]
        answer = self.account.client_as(SCHEDULER, role, "lambda").invoke(
            FunctionName=target["Arn"], Payload=target["Input"].replace("<aws.scheduler.scheduled-time>", instant(seconds)))
        return answer.get("FunctionError"), answer["Payload"].read().decode()

    def tick(self, **fields):
        """A task that is due, and a tick that finds it."""
        status, made = self.service.register(self.token, Frequency="NONE", StartDate=instant(AHEAD - 10), **fields)
        if status != 200:
            raise AssertionError(f"a task is registered: {status}")
        error, answer = self.wake_runner(AHEAD)
        if error:
            raise AssertionError(f"the tick failed: {answer}")
        return made

    def report(self):
        """A worker's report of a run, as the stack's rule hands it to the runner. The task asks for a notification."""
        task = self.tick(Notification="ALWAYS")
        run = self.service.runs(task, self.token)[0]
        detail = {"runId": run["RunID"], "account": self.service.ACCOUNT, "id": task, "due": run["Due"], "outcome": "SUCCESS"}
        event = {"id": run["RunID"], "detail-type": "Account Task Finished", "source": "rehearsal", "detail": detail}
        answer = self.account.client("lambda").invoke(
            FunctionName=self.stack.function("RunnerFunction"), Qualifier="live", Payload=json.dumps(event))
        if answer.get("FunctionError"):
            raise AssertionError(f"the report failed: {answer['Payload'].read().decode()}")

    def keep(self, service, role):
        queue = self.stack.resources()["LostEvents"]
        self.client_as(service, role, "sqs").send_message(QueueUrl=queue, MessageBody="{}")
        self.account.client("sqs").purge_queue(QueueUrl=queue)

    def keep_failed_tick(self):
        self.keep(LAMBDA, "RunnerRole")

    def keep_undelivered_tick(self):
        self.keep(SCHEDULER, "TickRole")

    def logging(self, function):
        def log():
            group = self.stack.resources()[function + "Logs"]
            logs = self.client_as(LAMBDA, function + "Role", "logs")
            stream = {"logGroupName": group, "logStreamName": str(time.monotonic_ns())}
            logs.create_log_stream(**stream)
            logs.put_log_events(**stream, logEvents=[{"timestamp": int(time.time() * 1000), "message": "{}"}])

        return log

    def shift(self, function):
        """What CodeDeploy does with an alias, but to the version that it has."""

        def move():
            functions, name = self.client_as(CODEDEPLOY, "DeploymentRole", "lambda"), self.stack.function(function)
            alias = functions.get_alias(FunctionName=name, Name="live")
            functions.update_alias(FunctionName=name, Name="live", FunctionVersion=alias["FunctionVersion"])
            try:
                functions.get_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
            except functions.exceptions.ProvisionedConcurrencyConfigNotFoundException:
                pass

        return move

    def watch_alarms(self):
        self.client_as(CODEDEPLOY, "DeploymentRole", "cloudwatch").describe_alarms()


class Listener:
    """A queue that hears what the service puts on its bus."""

    def __init__(self, account, bus):
        self.queues, events = account.client("sqs"), account.client("events")
        self.url = self.queues.create_queue(QueueName="listener")["QueueUrl"]
        arn = self.queues.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        events.put_rule(Name="listener", EventBusName=bus, EventPattern=json.dumps({"source": ["accounttasks"]}))
        events.put_targets(Rule="listener", EventBusName=bus, Targets=[{"Id": "listener", "Arn": arn}])

    def heard(self):
        """The events since the last time, by detail-type."""
        events, messages = {}, True
        while messages:
            messages = self.queues.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages", [])
            for message in messages:
                event = json.loads(message["Body"])
                events.setdefault(event["detail-type"], []).append(event["detail"])
                self.queues.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
        return events
