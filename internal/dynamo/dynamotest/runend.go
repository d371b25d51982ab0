package dynamotest

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// opened stores the run of a claimed task, with a deadline on day 20.
func (e engine) opened(t *testing.T) (run.State, run.Stored) {
	t.Helper()
	s := claimed(e.edited(t, nil))
	e.putRun(t, s, day(20))
	return s, e.run(t, s.OpenKey())
}

func (e engine) putRun(t *testing.T, s run.State, deadline time.Time) {
	t.Helper()
	if err := e.table.Runs().PutRun(t.Context(), s, deadline); err != nil {
		t.Fatal(err)
	}
}

// run reads a run that must exist.
func (e engine) run(t *testing.T, key run.Key) run.Stored {
	t.Helper()
	s, exists, err := e.table.Runs().ReadRun(t.Context(), key)
	if err != nil || !exists {
		t.Fatalf("got no run (%v), want one", err)
	}
	return s
}

// endRun saves a change of a run. saved is what the table must make of it.
func (e engine) endRun(t *testing.T, seen, next run.Stored, saved bool) run.Stored {
	t.Helper()
	current, got, err := e.table.Runs().SaveRun(t.Context(), seen, next)
	if err != nil || got != saved {
		t.Fatalf("got saved %t, %v, want %t", got, err, saved)
	}
	return current
}

// reported is the run after a report. It owes a notification where dueAt is given.
func reported(s run.Stored, outcome run.Outcome, dueAt time.Time) run.Stored {
	s.Outcome, s.Message, s.FinishedOn, s.DueAt = outcome, "12 messages were sent", day(12), dueAt
	return s
}

func storesARunOnce(t *testing.T, e engine) {
	s, before := e.opened(t)
	if before.StartedOn != day(11) || before.Outcome != run.OutcomeRunning || before.DueAt != day(20) || before.Missed != 3 {
		t.Errorf("got the run %+v, want an open one with its deadline", before)
	}
	again := s
	other := *s.Open
	other.Missed = 9
	again.LastRunOn, again.Open = day(14), &other
	for _, deadline := range []time.Time{day(19), day(20), day(21), day(18)} {
		e.putRun(t, again, deadline)
		want := before
		want.DueAt = day(20)
		if deadline.After(day(20)) || deadline == day(18) {
			want.DueAt = day(21)
		}
		if got := e.run(t, s.OpenKey()); got != want {
			t.Errorf("deadline %v: got %+v, want %+v", deadline, got, want)
		}
	}
	if e.isRowDue(t, s.OpenKey(), day(21).Add(-task.DateResolution)) || !e.isRowDue(t, s.OpenKey(), day(21)) {
		t.Error("the index does not have the run from its deadline on")
	}
}

func storesWhatANotificationSays(t *testing.T, e engine) {
	s, got := e.opened(t)
	want := run.Stored{
		Task:   run.Ref{AccountID: e.account, ID: s.ID},
		Record: run.Record{ID: s.Open.ID, Due: day(11), Trigger: run.TriggerSchedule, StartedOn: day(11), Outcome: run.OutcomeRunning, Missed: 3},
		User:   run.Scheduler, Name: "Updated", TaskID: s.TaskID, Notification: s.Notification, ModifiedBy: "after", DueAt: day(20),
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func opensNoEndedRun(t *testing.T, e engine) {
	s, open := e.opened(t)
	for name, dueAt := range map[string]time.Time{"with a notification to send": day(13), "for good": {}} {
		ended := e.endRun(t, open, reported(open, run.OutcomeSuccess, dueAt), true)
		e.putRun(t, s, day(25))
		if got := e.run(t, s.OpenKey()); got != ended {
			t.Errorf("%s: got %+v, want the run as it ended, %+v", name, got, ended)
		}
		s, open = e.opened(t)
	}
}

func endsARunOnce(t *testing.T, e engine) {
	_, open := e.opened(t)
	want := reported(open, run.OutcomeSuccess, time.Time{})
	if got := e.endRun(t, open, want, true); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	contradicting := reported(open, run.OutcomeFailed, time.Time{})
	contradicting.Overdue = true
	if got := e.endRun(t, open, contradicting, false); got != want || e.run(t, open.Key()) != want {
		t.Errorf("got %+v from a second report, want the first, %+v", got, want)
	}
	if e.isRowDue(t, open.Key(), day(28)) {
		t.Error("the index has a run that has ended")
	}
}

// A run that was stored before there were deadlines has none.
func endsRunsWithoutDeadline(t *testing.T, e engine) {
	id := uuid.New()
	e.putItem(t, e.runItem(id, run.Record{ID: uuid.UUID{7}, Due: day(11), Outcome: run.OutcomeRunning}, day(28)))
	open := e.run(t, run.Key{Ref: run.Ref{AccountID: e.account, ID: id}, Position: run.Position{Due: day(11), RunID: uuid.UUID{7}}})
	if !open.DueAt.IsZero() || open.Outcome != run.OutcomeRunning {
		t.Fatalf("got %+v, want an open run without a deadline", open)
	}
	want := e.endRun(t, open, reported(open, run.OutcomeSuccess, time.Time{}), true)
	if got := e.endRun(t, open, reported(open, run.OutcomeFailed, time.Time{}), false); got != want {
		t.Errorf("got %+v from a second report, want the first, %+v", got, want)
	}
}

func keepsWhatIsOwed(t *testing.T, e engine) {
	_, open := e.opened(t)
	failed := reported(open, run.OutcomeFailed, day(13))
	failed.Overdue = true
	owing := e.endRun(t, open, failed, true)
	if owing != failed || e.isRowDue(t, open.Key(), day(13).Add(-task.DateResolution)) || !e.isRowDue(t, open.Key(), day(13)) {
		t.Errorf("got %+v, want %+v, and in the index from the next try on", owing, failed)
	}
	later := owing
	later.DueAt = day(14)
	again := e.endRun(t, owing, later, true)
	e.endRun(t, owing, later, false) // another instance that saw the same
	sent := again
	sent.DueAt = time.Time{}
	e.endRun(t, owing, sent, false)
	if got := e.endRun(t, again, sent, true); got != sent || e.isRowDue(t, open.Key(), day(28)) {
		t.Errorf("got %+v, want %+v, and no row of the index", got, sent)
	}
}

func endsNoUnknownRun(t *testing.T, e engine) {
	_, open := e.opened(t)
	for name, change := range map[string]func(*run.Stored){
		"another account": func(s *run.Stored) { s.Task.AccountID = uuid.NewString() },
		"another task":    func(s *run.Stored) { s.Task.ID = uuid.New() },
		"another time":    func(s *run.Stored) { s.Due = s.Due.Add(task.DateResolution) },
		"another run":     func(s *run.Stored) { s.ID = uuid.New() },
	} {
		other := open
		change(&other)
		if got := e.endRun(t, other, reported(other, run.OutcomeSuccess, time.Time{}), false); got != (run.Stored{}) {
			t.Errorf("%s: got %+v, want no run", name, got)
		}
		if got, exists, err := e.table.Runs().ReadRun(t.Context(), other.Key()); exists || err != nil {
			t.Errorf("%s: got the run %+v, %v, want none", name, got, err)
		}
	}
	if got := e.run(t, open.Key()); got != open {
		t.Errorf("got %+v, want the run as it was, %+v", got, open)
	}
}
