"""Shows by arithmetic that each alarm of the template goes off when it should, and comes back.

    python .tools/alarms_test.py

What FILL makes of a metric that was never sent is not documented, so every case holds for both readings: zero, and
nothing at all. CloudWatch looks at more periods than an alarm evaluates, and takes the most recent values among them; how
many more it does not say. So every case holds without further periods and with two, and for metrics that arrive two
minutes late.
"""

import functools
import itertools
import math
import re
import unittest

from metrics import Series, invocation, request, statistic, waiting
from template_test import Stack

ALARMS = {}
for settings in ("dev", "prod"):
    stack = Stack(Stage=settings)
    stack.settings[settings]["NotificationTopic"] = "arn:aws:sns:eu-central-1:123456789012:notifications"
    ALARMS |= Stack(Stage=settings, settings=stack.settings).of("AWS::CloudWatch::Alarm")
LENGTH = 300  # minutes; nothing is sent after the ninetieth, unless a series says so
TREATED = {"notBreaching": False, "breaching": True}
COMPARED = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
}
# FILL of a metric that was never sent is zero; further periods; minutes that metrics arrive late.
READINGS = [reading for reading in itertools.product((True, False), (0, 2), (0, 2)) if reading[1] >= reading[2]]


class Missing(Exception):
    """An expression needs a metric that has no value."""


def named(value):
    """What a dimension's value is called in a series: a resource by its logical id."""
    if isinstance(value, str):
        return value
    ((function, argument),) = value.items()
    if function == "Fn::Sub":
        return argument.replace("${", "").replace("}", "")
    if function == "Fn::GetAtt":
        logical_id, attribute = argument
        return logical_id if attribute == "QueueName" else ".".join(argument)
    return argument


def metric_of(metric):
    return (metric["Namespace"], metric["MetricName"], frozenset((d["Name"], named(d["Value"])) for d in metric["Dimensions"]))


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


def datapoint(alarm, series, minutes, fill_is_zero):
    """The alarm's value over these minutes."""

    def value(metric, name):
        sent = series.of(metric_of(metric))
        return statistic([v for minute in minutes for v in sent.get(minute, [])], name)

    if "Metrics" not in alarm:
        return value(alarm, alarm.get("Statistic") or alarm["ExtendedStatistic"])
    values, never, expression = {}, set(), None
    for query in alarm["Metrics"]:
        if "Expression" in query:
            expression = query["Expression"]
            continue
        metric = query["MetricStat"]["Metric"]
        values[query["Id"]] = value(metric, query["MetricStat"]["Stat"])
        if not series.of(metric_of(metric)) and not fill_is_zero:
            never.add(query["Id"])
    return calculated(expression, values, never)


def states(alarm, series, fill_is_zero=True, further=0, late=0):
    """Whether the alarm is on, minute by minute."""
    period = alarm.get("Period") or next(q["MetricStat"]["Period"] for q in alarm["Metrics"] if "MetricStat" in q)
    minutes, periods = math.ceil(period / 60), alarm["EvaluationPeriods"]
    compare, treated = COMPARED[alarm["ComparisonOperator"]], TREATED[alarm["TreatMissingData"]]
    on, of_range = [False] * minutes * periods, functools.cache(lambda begin, end: datapoint(alarm, series, range(begin, end), fill_is_zero))
    for now in range(minutes * periods, LENGTH):
        begins = [now - minutes * (n + 1) for n in range(periods + further)]
        points = [of_range(begin, min(begin + minutes, now - late)) for begin in begins]
        real = [point for point in points if point is not None][:periods]
        breaching = sum(compare(point, alarm["Threshold"]) for point in real) + treated * (periods - len(real))
        on.append(breaching >= alarm.get("DatapointsToAlarm", periods))
    return on


BEGINNING = 30


def each(step, begin=BEGINNING, end=90):
    return range(begin, end, step)


ALL = range(LENGTH)
TASKS, TOKEN, RUNNER = "AccountTasksFunction", "TokenFunction", "RunnerFunction"
CRASH = {function: list(invocation(function, Errors=1)) for function in (TASKS, TOKEN, RUNNER)}
FAILED = list(request(**{"5xx": 1}))


def times(count, minutes):
    """The minutes, so many times each."""
    return [minute for minute in minutes for _ in range(count)]


# What raises an alarm, after which it must end; and what must not.
RAISED = {
    "FunctionErrorsAlarm": [
        Series(([30], CRASH[TASKS])),
        Series((times(100, each(1)), list(invocation(TASKS))), ([40], CRASH[TASKS])),
    ],
    "FunctionThrottlesAlarm": [Series((each(1), list(invocation(TASKS, Throttles=1))))],
    "FunctionDurationAlarm": [Series((each(1), list(invocation(TASKS, duration=3500))))],
    "InternalErrorsAlarm": [Series(([30], "a defect")), Series((times(50, each(1)), "an update"), ([40], "a defect"))],
    "RejectedUpdatesAlarm": [
        Series((times(5, each(1)), "an update"), (times(5, each(1)), "a refused update")),
        # Sparse: a client that sends all of its updates every five minutes, all refused.
        Series((times(20, each(5)), "a refused update")),
    ],
    "ApiServerErrorsAlarm": [
        Series((times(98, each(1)), list(request())), (times(2, each(1)), FAILED)),
        # Sparse: one caller every five minutes, always refused.
        Series((each(5), FAILED)),
        # The last requests before silence failed.
        Series(([30, 31], FAILED)),
    ],
    "ApiLatencyAlarm": [Series((each(1), list(request(latency=4000))))],
    "TableThrottlesAlarm": [Series(([30, 31, 32], "a throttled update"))],
    "UnavailableAlarm": [Series(([31, 32], "an update without the table"))],
    "TokenUnavailableAlarm": [Series(([31, 32], "a token without the table"))],
    "TokenErrorsAlarm": [Series(([30], CRASH[TOKEN]))],
    "TokenInternalErrorsAlarm": [Series(([30], "a defect of tokens"))],
    "NoTickAlarm": [Series(([*range(30), *range(40, LENGTH)], list(invocation(RUNNER))))],
    "FailedTicksAlarm": [Series((each(1), CRASH[RUNNER]))],
    "LagAlarm": [Series((each(1), "a late tick"), (ALL, "a tick"))],
    "UnsentEventsAlarm": [Series(([30, 33], "an unsent event"), (ALL, "a tick"))],
    "LostEventsAlarm": [Series((each(1), list(waiting("LostEvents", 1))), (range(90, LENGTH), list(waiting("LostEvents", 0))))],
    "LostNotificationsAlarm": [
        Series((each(1), list(waiting("LostNotifications", 1))), (range(90, LENGTH), list(waiting("LostNotifications", 0)))),
    ],
    "FailedRunsAlarm": [
        Series((each(1), "a failed run"), (each(1), "a successful run")),
        # Three runs an hour, and all fail.
        Series((each(20), "a failed run")),
        # All at once, as nightly tasks end.
        Series((times(30, [30]), "a failed run"), (times(100, [30]), "a successful run")),
    ],
    "OverdueRunsAlarm": [Series(([30], "an overdue run"))],
    "RefusedReportsAlarm": [Series((each(1), "a refused report"))],
}
QUIET = {
    "FunctionErrorsAlarm": [Series((each(1), list(invocation(TASKS))))],
    "RejectedUpdatesAlarm": [
        Series((times(10, each(1)), "an update"), (times(5, each(5)), "a refused update")),
        Series((times(3, each(5)), "a refused update")),  # too few to judge
        Series((times(10, each(1)), "an update")),
    ],
    "ApiServerErrorsAlarm": [
        Series((times(100, each(1)), list(request()))),
        Series((times(1000, each(1)), list(request())), (each(5), FAILED)),
        Series(([30], FAILED)),
    ],
    "UnavailableAlarm": [Series((each(10), "an update without the table"))],
    "FunctionThrottlesAlarm": [Series(([30, 60], list(invocation(TASKS, Throttles=1))))],
    "NoTickAlarm": [Series((ALL, list(invocation(RUNNER))))],
    "LagAlarm": [Series((ALL, "a tick"))],
    "UnsentEventsAlarm": [Series((ALL, "a tick"))],
    "FailedRunsAlarm": [
        Series(([30, 50], "a failed run")),  # too few to judge
        Series((each(10), "a failed run"), (times(5, each(10)), "a successful run")),  # a sixth
        Series((each(1), "a successful run")),
    ],
    "OverdueRunsAlarm": [Series((each(1), "a failed run"))],
    "RefusedReportsAlarm": [Series((each(5), "a refused report"))],
}


class Alarms(unittest.TestCase):
    def judge(self, cases, check):
        for name, recorded in cases.items():
            for number, series in enumerate(recorded):
                for reading in READINGS:
                    with self.subTest(name, case=number, reading=reading):
                        check(name, states(ALARMS[name], series, *reading))

    # Alarms that may take more than twenty minutes: three runs an hour are not judged sooner.
    SLOW = {"FailedRunsAlarm": 45}

    def test_it_goes_off_and_comes_back(self):
        def check(name, on):
            self.assertTrue(any(on), "it never goes off")
            self.assertLessEqual(on.index(True), BEGINNING + self.SLOW.get(name, 20), "it goes off too late")
            self.assertFalse(on[-1], "it never comes back")

        self.judge(RAISED, check)

    def test_it_keeps_quiet(self):
        self.judge(QUIET, lambda name, on: self.assertFalse(any(on)))

    def test_silence_raises_no_alarm_but_those_that_say_so(self):
        for name, alarm in ALARMS.items():
            for reading in READINGS:
                self.assertEqual(any(states(alarm, Series(), *reading)), alarm["TreatMissingData"] == "breaching", name)

    def test_there_is_a_case_for_every_alarm(self):
        self.assertEqual(RAISED.keys(), ALARMS.keys())

    def test_no_alarm_is_on_metrics_that_ignore_how_missing_data_is_treated(self):
        for name, alarm in ALARMS.items():
            metrics = [alarm] + [q["MetricStat"]["Metric"] for q in alarm.get("Metrics", []) if "MetricStat" in q]
            self.assertNotIn("AWS/DynamoDB", [metric.get("Namespace") for metric in metrics], name)


if __name__ == "__main__":
    unittest.main()
