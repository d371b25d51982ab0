package run_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// window has the bounds at these times; "" is none.
func window(from, until string) run.Window {
	return run.Window{From: clock(from), Until: clock(until)}
}

func TestAWindowIsOpenFromItsFirstMomentToBeforeItsLast(t *testing.T) {
	for _, test := range []struct {
		name        string
		window      run.Window
		at          string
		begun, open bool
	}{
		{"never started", run.Window{}, "12:00", false, false},
		{"not yet", window("12:00", ""), "11:59:59", false, false},
		{"at its begin", window("12:00", ""), "12:00", true, true},
		{"without an end", window("12:00", ""), "23:00", true, true},
		{"before its end", window("12:00", "13:00"), "12:59:59", true, true},
		{"at its end", window("12:00", "13:00"), "13:00", true, false},
	} {
		if begun, open := test.window.Begun(clock(test.at)), test.window.Open(clock(test.at)); begun != test.begun || open != test.open {
			t.Errorf("%s: got begun %t, open %t, want %t, %t", test.name, begun, open, test.begun, test.open)
		}
	}
}

// due is a table whose one task is always in the index.
type due struct{ *oneTask }

func (d due) Due(_ context.Context, shard int, _ time.Time, _ string) ([]run.Key, string, error) {
	if shard != 0 {
		return nil, "", nil
	}
	return []run.Key{{Ref: d.Ref()}}, "", nil
}

// The task occurs at each whole hour from 06:00 on.
func TestOnlyWhatIsDueInTheWindowRuns(t *testing.T) {
	look := func(s *run.State) { s.DueAt = clock("00:00") }
	planned := func(at string) change { return func(s *run.State) { s.Next, s.DueAt = clock(at), clock(at) } }
	for _, test := range []struct {
		name     string
		window   run.Window
		now      string
		task     []change
		runs     string // the due time of the run; "" for none
		missed   int64
		nextLook string
	}{
		{"never started", run.Window{}, "12:30", []change{look}, "", 0, "00:00"},
		{"before the window", window("13:00", ""), "12:30", []change{look}, "", 0, "00:00"},
		{"what was due before the window is not caught up with", window("12:15", ""), "12:30", []change{look}, "", 0, "13:00"},
		{"nor is what was planned then", window("12:15", ""), "12:30", []change{planned("12:00"), last("11:00")}, "", 0, "13:00"},
		{"nor does it count as missed", window("11:00", ""), "12:30", []change{look}, "12:00", 1, ""},
		{"what is due at the window's begin runs", window("12:00", ""), "12:30", []change{look}, "12:00", 0, ""},
		{"what has run before does not", window("12:00", ""), "12:30", []change{look, last("12:00")}, "", 0, "13:00"},
		{"what is due at the end does not run", window("08:00", "12:00"), "12:00:10", []change{planned("12:00"), last("11:00")}, "", 0, "12:00"},
		{"what is due before the end runs after it", window("08:00", "12:01"), "12:02", []change{planned("12:00"), last("11:00")}, "12:00", 0, ""},
		{"also when another is due meanwhile", window("08:00", "12:01"), "13:30", []change{planned("12:00"), last("11:00")}, "12:00", 0, ""},
		{"what is due at the end is planned for after it", window("08:00", "12:00"), "12:00:10", []change{edited("11:30", "11:30"), last("11:00"), look}, "", 0, "12:00"},
		{"an edit is planned after the end", window("08:00", "12:01"), "12:30", []change{edited("12:10", "12:10"), last("12:00"), look}, "", 0, "13:00"},
	} {
		t.Run(test.name, func(t *testing.T) {
			table, _ := service(test.now, test.task...)
			runner := run.NewRunner(due{table}, takes{table}, run.DefaultTimeout, func() time.Time { return clock(test.now) })
			if _, err := runner.Shard(t.Context(), 0, clock(test.now), test.window); err != nil {
				t.Fatal(err)
			}
			switch {
			case test.runs == "" && len(table.sent) > 0:
				t.Errorf("got a run due at %v, want none", table.sent[0].Due)
			case test.runs == "" && !table.DueAt.Equal(clock(test.nextLook)):
				t.Errorf("got the next look at %v, want %v", table.DueAt, clock(test.nextLook))
			case test.runs != "" && (len(table.sent) != 1 || !table.sent[0].Due.Equal(clock(test.runs)) || table.sent[0].Missed != test.missed):
				t.Errorf("got the runs %+v, want one due at %s with %d missed", table.sent, test.runs, test.missed)
			}
		})
	}
}

func TestRunsThatHaveBegunEndWhateverTheWindow(t *testing.T) {
	for name, w := range map[string]run.Window{
		"no start is set":         {},
		"the next start is later": window("20:00", ""),
		"runs are held":           window("08:00", "12:30"),
		"runs are started":        window("08:00", ""),
	} {
		table := open(task.NotificationAlways)
		table.broken = true
		tally, err := table.runner("13:00").Shard(t.Context(), 0, clock("13:00"), w)
		if len(tally.Overdue) != 1 || !run.IsUnsent(err) {
			t.Errorf("%s: got %+v and %v, want the run failed at its deadline", name, tally, err)
		}
		table.broken = false
		if _, err := table.runner("13:02").Shard(t.Context(), 0, clock("13:02"), w); err != nil || len(table.notified) != 1 {
			t.Errorf("%s: got %d notifications and %v, want the next try to send it", name, len(table.notified), err)
		}
	}
}

func TestACallersRunIsRefusedWhileRunsAreHeld(t *testing.T) {
	caller := task.NewCaller("account", "user", "client")
	for _, held := range []run.Window{{}, window("13:00", ""), window("08:00", "12:00")} {
		table, s := service("12:30")
		table.window = held
		_, err := s.Run(t.Context(), caller, table.ID, "key")
		if refused := task.AsError(err); refused.Code != task.CodeUnavailable || refused.Reason == "" || table.Claims != 0 || len(table.Marks) > 0 {
			t.Errorf("window %v: got %v and %d claims, want a refusal that says that nothing was applied", held, err, table.Claims)
		}
	}
}

func TestARepeatOfACallersRunIsAnsweredWhileRunsAreHeld(t *testing.T) {
	caller := task.NewCaller("account", "user", "client")
	table, s := service("12:30")
	if _, err := s.Run(t.Context(), caller, table.ID, "key"); err != nil {
		t.Fatal(err)
	}
	table.window.Until = clock("12:00")
	if got, err := s.Run(t.Context(), caller, table.ID, "key"); err != nil || !got.Replayed {
		t.Errorf("got %+v, %v, want the answer to the first call", got, err)
	}
}

func TestUpcomingBeginsWithTheWindow(t *testing.T) {
	table, s := service("12:30", next("07:00"))
	table.window = window("14:30", "")
	got, err := s.Upcoming(t.Context(), task.NewCaller("account", "user", "client"), table.ID, 1)
	if err != nil || len(got) != 1 || !got[0].Equal(clock("15:00")) {
		t.Errorf("got %v, %v, want 15:00", got, err)
	}
}

// unreadable is a table whose window cannot be read.
type unreadable struct{ *oneTask }

func (unreadable) Window(context.Context) (run.Window, error) {
	return run.Window{}, errors.New("unreadable")
}

func TestNothingRunsIfTheWindowCannotBeRead(t *testing.T) {
	table, _ := service("12:30")
	s := run.NewService(run.NewRunner(unreadable{table}, takes{table}, run.DefaultTimeout, func() time.Time { return clock("12:30") }), table, nil)
	if _, err := s.Run(t.Context(), task.NewCaller("account", "user", "client"), table.ID, "key"); err == nil || table.Claims != 0 {
		t.Errorf("got %v and %d claims, want an error and none", err, table.Claims)
	}
}
