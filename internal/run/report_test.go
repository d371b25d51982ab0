package run_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// oneRun is a table with one task and one run of it. It implements run.Store. It also is the bus of notifications.
type oneRun struct {
	*oneTask
	stored run.Stored
	saves  int
	// before is called before each write, as another instance that is faster.
	before func(*oneRun)
	// lose loses the answer of the first write, and its repeat is refused.
	lose bool

	notified []run.Stored
	broken   bool // the bus accepts no notification
}

func (o *oneRun) Due(_ context.Context, shard int, until time.Time, _ string) ([]run.Key, string, error) {
	if shard != 0 || o.stored.DueAt.IsZero() || o.stored.DueAt.After(until) {
		return nil, "", nil
	}
	return []run.Key{o.stored.Key()}, "", nil
}

func (o *oneRun) ReadRun(_ context.Context, key run.Key) (run.Stored, bool, error) {
	return o.stored, key == o.stored.Key(), nil
}

func (o *oneRun) SaveRun(_ context.Context, seen, next run.Stored) (run.Stored, bool, error) {
	o.saves++
	if o.before != nil {
		o.before(o)
	}
	if o.stored.Outcome != seen.Outcome || !o.stored.DueAt.Equal(seen.DueAt) {
		return o.stored, false, nil
	}
	o.stored = next
	if o.lose {
		o.lose = false
		return o.stored, false, nil
	}
	return o.stored, true, nil
}

// asBus is the bus of oneRun.
type asBus struct{ *oneRun }

func (asBus) Due(context.Context, run.Event) error { return nil }

func (b asBus) Notify(_ context.Context, s run.Stored) error {
	if b.broken {
		return errors.New("the bus is full")
	}
	b.notified = append(b.notified, s)
	return nil
}

// open is a table with a run that began at noon and has its deadline at one o'clock.
func open(asks task.Notification) *oneRun {
	table, _ := service("12:00")
	return &oneRun{oneTask: table, stored: run.Stored{
		Task: table.Ref(), Notification: asks, DueAt: clock("13:00"),
		Record: run.Record{ID: uuid.New(), Due: clock("12:00"), Trigger: run.TriggerSchedule, StartedOn: clock("12:00"), Outcome: run.OutcomeRunning},
	}}
}

func (o *oneRun) runner(now string) *run.Runner {
	return run.NewRunner(o, asBus{o}, time.Hour, func() time.Time { return clock(now) })
}

func (o *oneRun) report(t *testing.T, now string, outcome run.Outcome) run.Receipt {
	t.Helper()
	receipt, err := o.runner(now).Report(t.Context(), run.Report{Key: o.stored.Key(), Outcome: outcome, Message: string(outcome)})
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func (o *oneRun) tick(t *testing.T, now string) (run.Tally, error) {
	t.Helper()
	return o.runner(now).Shard(t.Context(), 0, clock(now), run.Window{From: clock("00:00")})
}

func (o *oneRun) mustTick(t *testing.T, now string) run.Tally {
	t.Helper()
	tally, err := o.tick(t, now)
	if err != nil {
		t.Fatal(err)
	}
	return tally
}

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

func TestARunNotifiesAsItsTaskAsks(t *testing.T) {
	for asks, want := range map[task.Notification]map[run.Outcome]int{
		task.NotificationNone:      {run.OutcomeSuccess: 0, run.OutcomeFailed: 0},
		task.NotificationOnSuccess: {run.OutcomeSuccess: 1, run.OutcomeFailed: 0},
		task.NotificationOnFailure: {run.OutcomeSuccess: 0, run.OutcomeFailed: 1},
		task.NotificationAlways:    {run.OutcomeSuccess: 1, run.OutcomeFailed: 1},
	} {
		for outcome, times := range want {
			table := open(asks)
			table.report(t, "12:30", outcome)
			table.report(t, "12:31", outcome)
			table.mustTick(t, "14:00")
			if len(table.notified) != times || !table.stored.DueAt.IsZero() {
				t.Errorf("%v, %s: got %d notifications, want %d", asks, outcome, len(table.notified), times)
			}
		}
		table := open(asks)
		table.mustTick(t, "13:00")
		table.mustTick(t, "14:00")
		if len(table.notified) != want[run.OutcomeFailed] {
			t.Errorf("%v, overdue: got %d notifications, want %d", asks, len(table.notified), want[run.OutcomeFailed])
		}
	}
}

func TestANotificationThatIsNotSentIsSentByALaterTick(t *testing.T) {
	table := open(task.NotificationAlways)
	table.broken = true
	got := table.report(t, "12:30", run.OutcomeSuccess)
	if got.Reception != run.ReportAccepted || !run.IsUnsent(got.Unsent) || table.stored.DueAt.IsZero() {
		t.Fatalf("got %+v and the run %+v, want the report accepted and the notification still to be sent", got, table.stored)
	}
	if tally := table.mustTick(t, "12:31"); tally.Failed > 0 {
		t.Errorf("got a try before the lease of the notification has run out")
	}
	if tally, err := table.tick(t, "12:32"); err == nil || tally.Unsent != 1 || table.stored.DueAt.IsZero() {
		t.Errorf("got %+v, %v from a tick, want it unsent and kept", tally, err)
	}
	table.broken = false
	table.mustTick(t, "12:33") // another tick's lease
	table.mustTick(t, "12:34")
	table.mustTick(t, "12:40")
	if len(table.notified) != 1 || table.notified[0].Message != "SUCCESS" || !table.stored.DueAt.IsZero() {
		t.Errorf("got %d notifications, want one", len(table.notified))
	}
}

func TestOfTwoTicksOneSendsANotificationAgain(t *testing.T) {
	table := open(task.NotificationAlways)
	table.broken = true
	table.report(t, "12:30", run.OutcomeSuccess)
	table.broken = false
	table.before = func(o *oneRun) { // the other tick is as far
		o.before = nil
		o.stored.DueAt = clock("12:34")
	}
	table.mustTick(t, "12:32")
	if len(table.notified) != 0 {
		t.Errorf("got %d notifications from a tick that was overtaken, want none", len(table.notified))
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
