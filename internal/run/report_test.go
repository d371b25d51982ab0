package run_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

func TestTheFirstReportCounts(t *testing.T) {
	table := open(task.NotificationNone)
	for n, step := range []struct {
		outcome run.Outcome
		want    run.Reception
	}{
		{run.OutcomeSuccess, run.ReportAccepted}, {run.OutcomeSuccess, run.ReportRepeated}, {run.OutcomeFailed, run.ReportContradicting},
	} {
		if got := table.report(t, "12:30", step.outcome); got.Reception != step.want || got.Run != table.stored || got.Unsent != nil {
			t.Errorf("report %d: got %+v, want it %s", n, got, step.want)
		}
	}
	if got := table.stored; got.Outcome != run.OutcomeSuccess || got.Message != "SUCCESS" || got.FinishedOn != clock("12:30") || !got.DueAt.IsZero() || table.saves != 1 {
		t.Errorf("got the run %+v after %d writes, want the first report in one", got, table.saves)
	}
}

func TestAReportOfAnUnknownRunChangesNothing(t *testing.T) {
	table := open(task.NotificationAlways)
	before := table.stored
	for name, change := range map[string]func(*run.Key){
		"another account": func(k *run.Key) { k.AccountID = "other" },
		"another task":    func(k *run.Key) { k.ID = uuid.New() },
		"another run":     func(k *run.Key) { k.RunID = uuid.New() },
		"another time":    func(k *run.Key) { k.Due = clock("12:01") },
	} {
		key := table.stored.Key()
		change(&key)
		got, err := table.runner("12:30").Report(t.Context(), run.Report{Key: key, Outcome: run.OutcomeSuccess})
		if err != nil || got != (run.Receipt{Reception: run.ReportUnknown}) || table.stored != before {
			t.Errorf("%s: got %+v, %v, want it unknown", name, got, err)
		}
	}
}

func TestARunIsFailedAtItsDeadline(t *testing.T) {
	table := open(task.NotificationNone)
	if tally := table.mustTick(t, "12:59:59"); len(tally.Overdue) > 0 || table.stored.Outcome != run.OutcomeRunning {
		t.Fatalf("got %+v before the deadline, want an open run", table.stored)
	}
	tally := table.mustTick(t, "13:00")
	if got := table.stored; len(tally.Overdue) != 1 || tally.Overdue[0] != got || got.Outcome != run.OutcomeFailed || !got.Overdue || got.Message == "" || !got.DueAt.IsZero() {
		t.Errorf("got the run %+v and %+v, want it failed with a reason", got, tally)
	}
	if got := table.report(t, "13:01", run.OutcomeFailed); got.Reception != run.ReportLate {
		t.Errorf("got %s, want a late report, with whatever outcome", got.Reception)
	}
}

// Both ticks have the schedule's time, and both clocks are slow.
func TestTwoTicksAtTheSameTimeFailARunOnce(t *testing.T) {
	table := open(task.NotificationAlways)
	tick := func(now string) run.Tally {
		tally, err := table.runner(now).Shard(t.Context(), 0, clock("13:00"), run.Window{From: clock("00:00")})
		if err != nil {
			t.Fatal(err)
		}
		return tally
	}
	var other run.Tally
	table.before = func(o *oneRun) { // the other tick is faster
		o.before = nil
		other = tick("12:59:58")
	}
	tally := tick("12:59:59")
	if len(tally.Overdue) != 0 || len(other.Overdue) != 1 || len(table.notified) != 1 {
		t.Errorf("got %d and %d overdue runs and %d notifications, want the run failed by one of two ticks", len(tally.Overdue), len(other.Overdue), len(table.notified))
	}
}

func TestAReportAfterTheDeadlineCountsIfNoTickHasFailedTheRun(t *testing.T) {
	table := open(task.NotificationNone)
	if got := table.report(t, "13:05", run.OutcomeSuccess); got.Reception != run.ReportAccepted {
		t.Errorf("got %s, want the work that was done to count", got.Reception)
	}
}

func TestARunIsNotFailedWhileItsLeaseIsOpen(t *testing.T) {
	table := open(task.NotificationNone)
	table.Open = &run.Run{ID: table.stored.ID}
	if tally := table.mustTick(t, "13:00"); len(tally.Overdue) > 0 || table.stored.Outcome != run.OutcomeRunning {
		t.Errorf("got %+v, want an open run: its event may not have been sent", table.stored)
	}
	table.Deleted = true // nothing ends the lease any more
	if tally := table.mustTick(t, "13:01"); len(tally.Overdue) != 1 {
		t.Errorf("got %+v, want the run of a deleted task failed", table.stored)
	}
}

func TestAReportWhoseAnswerWasLostIsAccepted(t *testing.T) {
	table := open(task.NotificationAlways)
	table.lose = true
	if got := table.report(t, "12:30", run.OutcomeSuccess); got.Reception != run.ReportAccepted || len(table.notified) != 1 {
		t.Errorf("got %s and %d notifications, want the report to find its own effect", got.Reception, len(table.notified))
	}
}

func TestAReportThatIsOvertaken(t *testing.T) {
	for name, test := range map[string]struct {
		before func(*oneRun)
		want   run.Reception
	}{
		"the event was sent again": {func(o *oneRun) { o.stored.DueAt = clock("13:10") }, run.ReportAccepted},
		"another report":           {func(o *oneRun) { o.stored.Outcome, o.stored.DueAt = run.OutcomeFailed, time.Time{} }, run.ReportContradicting},
		"the deadline": {func(o *oneRun) {
			o.stored.Outcome, o.stored.Overdue, o.stored.DueAt = run.OutcomeFailed, true, time.Time{}
		}, run.ReportLate},
	} {
		table := open(task.NotificationNone)
		table.before = func(o *oneRun) {
			o.before = nil
			test.before(o)
		}
		if got := table.report(t, "12:30", run.OutcomeSuccess); got.Reception != test.want {
			t.Errorf("%s: got %s, want %s", name, got.Reception, test.want)
		}
	}
	table, moves := open(task.NotificationNone), 0
	table.before = func(o *oneRun) { moves++; o.stored.DueAt = clock("13:10").Add(time.Duration(moves) * time.Second) }
	if _, err := table.runner("12:30").Report(t.Context(), run.Report{Key: table.stored.Key(), Outcome: run.OutcomeSuccess}); task.AsError(err).Code != task.CodeTooManyRequests {
		t.Errorf("got %v from a report that is always overtaken, want an error, so that it is made again", err)
	}
}
