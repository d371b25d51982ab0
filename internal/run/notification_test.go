package run_test

import (
	"testing"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

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
