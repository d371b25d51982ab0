"""Shows by arithmetic that each alarm of the template goes off when it should, and comes back.

    python .tools/alarms_test.py

A series says what a metric sent in which minute; minutes in which nothing was sent are missing, as they are in
CloudWatch. What FILL makes of a metric that was never sent is not documented, so every case holds for both readings: zero,
and nothing at all.
"""

import math
import re
import unittest

from template_test import Stack

ALARMS = Stack().of("AWS::CloudWatch::Alarm")
LENGTH = 180  # minutes; nothing is sent in the last hour of a series, unless it says so
TREATED = {"notBreaching": False, "breaching": True}
COMPARED = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
}


class Missing(Exception):
    """An expression needs a metric that has no value."""


def sent(values, begin, end, statistic):
    """The statistic of a metric over minutes, or None where nothing was sent."""
    found = [value for minute, value in values.items() if begin <= minute < end]
    if not found:
        return None
    return sum(found) if statistic == "Sum" else max(found)


def series_of(series, metric):
    """The values of a metric: found by its name, with the code or operation where it has one."""
    told = [d["Value"] for d in metric.get("Dimensions", []) if d["Name"] in ("Code", "Operation")]
    return series.get("/".join([metric["MetricName"], *map(str, told)]), {})


def calculated(expression, values, never_sent):
    """The value of an expression of metric math, None where there is none."""

    class Names(dict):
        def __missing__(self, name):
            raise Missing(name)

    def fill(name, other):
        if name in never_sent:
            raise Missing(name)
        return values.get(name, other) if values.get(name) is not None else other

    # Metric math reads as Python does, but that a filled metric may be missing.
    python = re.sub(r"FILL\((\w+),", r"FILL('\1',", expression)
    names = Names({name: value for name, value in values.items() if value is not None}, FILL=fill,
                  IF=lambda condition, met, unmet: met if condition else unmet)
    try:
        return eval(python, {"__builtins__": {}}, names)
    except Missing:
        return None


def datapoint(alarm, series, begin, end, fill_is_zero):
    if "Metrics" not in alarm:
        return sent(series_of(series, alarm), begin, end, alarm.get("Statistic"))
    values, never, expression = {}, set(), None
    for query in alarm["Metrics"]:
        if "Expression" in query:
            expression = query["Expression"]
            continue
        all_values = series_of(series, query["MetricStat"]["Metric"])
        values[query["Id"]] = sent(all_values, begin, end, query["MetricStat"]["Stat"])
        if not all_values and not fill_is_zero:
            never.add(query["Id"])
    return calculated(expression, values, never)


def states(alarm, series, fill_is_zero):
    """Whether the alarm is on, minute by minute."""
    period = alarm.get("Period") or next(q["MetricStat"]["Period"] for q in alarm["Metrics"] if "MetricStat" in q)
    minutes, periods = math.ceil(period / 60), alarm["EvaluationPeriods"]
    compare, treated = COMPARED[alarm["ComparisonOperator"]], TREATED[alarm["TreatMissingData"]]
    on = []
    for now in range(minutes * periods, LENGTH):
        points = [datapoint(alarm, series, now - minutes * (n + 1), now - minutes * n, fill_is_zero) for n in range(periods)]
        breaching = sum(treated if point is None else compare(point, alarm["Threshold"]) for point in points)
        on.append(breaching >= alarm.get("DatapointsToAlarm", periods))
    return on


def at(*minutes, value=1):
    return dict.fromkeys(minutes, value)


def each(step, value=1, begin=30, end=90):
    return dict.fromkeys(range(begin, end, step), value)


# What raises an alarm, after which it must end; and what must not.
RAISED = {
    "FunctionErrorsAlarm": [{"Errors": at(30)}],
    "FunctionThrottlesAlarm": [{"Throttles": each(1)}],
    "FunctionDurationAlarm": [{"Duration": each(1, 3500)}],
    "InternalErrorsAlarm": [{"Rejections/InternalError": at(30)}],
    "RejectedUpdatesAlarm": [
        {"Requests/UpdateTask": each(1, 10), "Rejections/UpdateTask": each(1, 5)},
        {"Requests/UpdateTask": each(5, 20), "Rejections/UpdateTask": each(5, 20)},
    ],
    "ApiServerErrorsAlarm": [
        {"Count": each(1, 100), "5xx": each(1, 2)},
        # Sparse: one caller every five minutes, always refused.
        {"Count": each(5), "5xx": each(5)},
        # The last requests before silence failed.
        {"Count": at(30, 31), "5xx": at(30, 31)},
    ],
    "ApiLatencyAlarm": [{"Latency": each(1, 4000)}],
    "TableThrottlesAlarm": [{"Rejections/TooManyRequests": at(30, 31, 32)}],
    "UnavailableAlarm": [{"Rejections/Unavailable": at(30, 33)}],
    "TokenUnavailableAlarm": [{"Rejections/Unavailable": at(30, 33)}],
    "TokenErrorsAlarm": [{"Errors": at(30)}],
    "NoTickAlarm": [{"Invocations": each(1, begin=0, end=30) | each(1, begin=40, end=LENGTH)}],
    "FailedTicksAlarm": [{"Errors": each(1), "Invocations": each(1)}],
    "LagAlarm": [{"Lag": each(1, 400)}],
    "UnsentEventsAlarm": [{"Unsent": at(30, 33)}],
    "LostEventsAlarm": [{"ApproximateNumberOfMessagesVisible": each(1) | each(1, 0, begin=90, end=LENGTH)}],
    "FailedRunsAlarm": [
        {"RunsFailed": each(1), "RunsSucceeded": each(1)},
        # Three runs an hour, and all fail.
        {"RunsFailed": each(20), "RunsSucceeded": each(20, 0)},
        # All at once, as nightly tasks end.
        {"RunsFailed": at(30, value=30), "RunsSucceeded": at(30, value=100)},
    ],
    "OverdueRunsAlarm": [{"RunsOverdue": at(30)}],
    "RefusedReportsAlarm": [{"ReportsRefused": each(1)}],
    "TokenInternalErrorsAlarm": [{"Rejections/InternalError": at(30)}],
}
QUIET = {
    "RejectedUpdatesAlarm": [
        {"Requests/UpdateTask": each(1, 10), "Rejections/UpdateTask": each(5, 5)},
        {"Requests/UpdateTask": each(5, 3), "Rejections/UpdateTask": each(5, 3)},  # too few to judge
        {"Requests/UpdateTask": each(1, 10)},
    ],
    "ApiServerErrorsAlarm": [{"Count": each(1, 100)}, {"Count": each(1, 1000), "5xx": each(5)}, {"Count": at(30), "5xx": at(30)}],
    "UnavailableAlarm": [{"Rejections/Unavailable": each(10)}],
    "FunctionThrottlesAlarm": [{"Throttles": at(30, 60)}],
    "FailedRunsAlarm": [
        {"RunsFailed": at(30, 50), "RunsSucceeded": at(30, 50, value=0)},  # too few to judge
        {"RunsFailed": each(10), "RunsSucceeded": each(10, 5)},  # a sixth
        {"RunsFailed": each(1, 0), "RunsSucceeded": each(1)},
    ],
    "OverdueRunsAlarm": [{"RunsOverdue": each(1, 0)}],
    "RefusedReportsAlarm": [{"ReportsRefused": each(5)}],
}


class Alarms(unittest.TestCase):
    def judge(self, cases, check):
        for name, recorded in cases.items():
            for series in recorded:
                for fill_is_zero in (True, False):
                    with self.subTest(name, series=series, fill_is_zero=fill_is_zero):
                        check(states(ALARMS[name], series, fill_is_zero))

    def test_it_goes_off_and_comes_back(self):
        def check(on):
            self.assertTrue(any(on), "it never goes off")
            self.assertFalse(on[-1], "it never comes back")

        self.judge(RAISED, check)

    def test_it_keeps_quiet(self):
        self.judge(QUIET, lambda on: self.assertFalse(any(on)))

    def test_silence_raises_no_alarm_but_those_that_say_so(self):
        for name, alarm in ALARMS.items():
            for fill_is_zero in (True, False):
                self.assertEqual(any(states(alarm, {}, fill_is_zero)), alarm["TreatMissingData"] == "breaching", name)

    def test_there_is_a_case_for_every_alarm(self):
        self.assertEqual(RAISED.keys(), ALARMS.keys())

    def test_no_alarm_is_on_metrics_that_ignore_how_missing_data_is_treated(self):
        for name, alarm in ALARMS.items():
            metrics = [alarm] + [q["MetricStat"]["Metric"] for q in alarm.get("Metrics", []) if "MetricStat" in q]
            self.assertNotIn("AWS/DynamoDB", [metric.get("Namespace") for metric in metrics], name)


if __name__ == "__main__":
    unittest.main()
