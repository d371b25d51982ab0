"""Metrics as CloudWatch gets them, for the tests of the alarms.

A metric is known by its namespace, its name and its dimensions. Its values stand in the minutes in which they were sent; in
other minutes nothing was. The service's own metrics are recordings of what the functions write (internal/telemetry holds
them up to date). Those of AWS have the shape that AWS documents: a metric of an invocation or of a request is sent with each of them,
and counts of failures are then zeros.
"""

import functools
import json
import os

RECORDED = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "internal", "telemetry", "testdata", "recorded.jsonl")


@functools.cache
def documents():
    with open(RECORDED, encoding="utf-8") as file:
        return {line["happens"]: line["metrics"] for line in map(json.loads, file)}


def own(happening):
    """What CloudWatch extracts from the lines that are written when something happens: (namespace, metric, dimensions), value."""
    for document in documents()[happening]:
        for directive in document["_aws"]["CloudWatchMetrics"]:
            for names in directive["Dimensions"]:
                dimensions = frozenset((name, document[name]) for name in names)
                for metric in directive["Metrics"]:
                    yield (directive["Namespace"], metric["Name"], dimensions), document[metric["Name"]]


def invocation(function, duration=5, **counts):
    """An invocation of a function by its alias: by function, and by alias."""
    values = {"Invocations": 1, "Errors": 0, "Throttles": 0, "Duration": duration} | counts
    for dimensions in ({"FunctionName": function}, {"FunctionName": function, "Resource": f"{function}:live"}):
        for metric, value in values.items():
            yield ("AWS/Lambda", metric, frozenset(dimensions.items())), value


def request(latency=20, **counts):
    """A request to the API: by API, and by stage."""
    values = {"Count": 1, "4xx": 0, "5xx": 0, "Latency": latency} | counts
    for dimensions in ({"ApiId": "Api"}, {"ApiId": "Api", "Stage": "$default"}):
        for metric, value in values.items():
            yield ("AWS/ApiGateway", metric, frozenset(dimensions.items())), value


def waiting(queue, messages):
    """A queue's messages. SQS sends them each minute while the queue is used."""
    yield ("AWS/SQS", "ApproximateNumberOfMessagesVisible", frozenset({("QueueName", queue)})), messages


class Series:
    """What was sent, minute by minute."""

    def __init__(self, *happenings):
        """Each happening is its minutes, and what is sent in each of them."""
        self.values = {}
        for minutes, sent in happenings:
            for metric, value in list(own(sent) if isinstance(sent, str) else sent):
                of_metric = self.values.setdefault(metric, {})
                for minute in minutes:
                    of_metric.setdefault(minute, []).append(value)

    def of(self, metric):
        return self.values.get(metric, {})


def statistic(values, name):
    if not values:
        return None
    if name == "Sum":
        return sum(values)
    if name == "Maximum":
        return max(values)
    assert name == "p99", name
    return sorted(values)[-1 - len(values) // 100]
