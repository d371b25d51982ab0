package run_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// oneTask is a table with one task. It implements run.Store and run.Records. It also implements run.Bus, and counts the
// events.
type oneTask struct {
	run.State
	window run.Window
	sent   []run.Event
	listed []run.Listing
}

func (o *oneTask) List(_ context.Context, l run.Listing) (run.Page, error) {
	o.listed = append(o.listed, l)
	return run.Page{More: true}, nil
}

func (o *oneTask) Due(context.Context, int, time.Time, string) ([]run.Key, string, error) {
	return nil, "", nil
}

func (o *oneTask) Read(_ context.Context, ref run.Ref) (run.State, bool, error) {
	return o.State, ref == o.Ref(), nil
}

func (o *oneTask) Save(_ context.Context, _, next run.State) (run.State, bool, error) {
	o.State = next
	return next, true, nil
}

func (o *oneTask) Window(context.Context) (run.Window, error) { return o.window, nil }

func (o *oneTask) PutRun(context.Context, run.State, time.Time) error { return nil }

func (o *oneTask) ReadRun(context.Context, run.Key) (run.Stored, bool, error) {
	return run.Stored{}, false, nil
}

func (o *oneTask) SaveRun(context.Context, run.Stored, run.Stored) (run.Stored, bool, error) {
	return run.Stored{}, false, nil
}

// takes is the bus of oneTask.
type takes struct{ *oneTask }

func (b takes) Due(_ context.Context, e run.Event) error {
	b.sent = append(b.sent, e)
	return nil
}

func (takes) Notify(context.Context, run.Stored) error { return nil }

// service returns a service for one task at a time of day.
func service(now string, changes ...change) (*oneTask, *run.Service) {
	table := &oneTask{State: state(changes...), window: run.Window{From: clock("00:00")}}
	table.AccountID, table.ID = "account", uuid.New()
	at := func() time.Time { return clock(now) }
	return table, run.NewService(run.NewRunner(table, takes{table}, run.DefaultTimeout, at), table, uuid.New)
}

func TestUpcoming(t *testing.T) {
	for _, test := range []struct {
		name string
		now  string
		task []change
		want []string
	}{
		{"what is planned comes first", "12:30", []change{next("15:00"), last("14:00")}, []string{"15:00", "16:00", "17:00"}},
		{"what is due now is about to run", "12:00:01", []change{next("12:00"), last("11:00")}, []string{"12:00", "13:00", "14:00"}},
		{"an edit that no look has seen counts", "11:32", []change{next("11:45"), last("10:45"), edited("11:31", "11:31")}, []string{"12:00", "13:00", "14:00"}},
		{"what was due before an edit still comes first", "11:32", []change{next("11:30"), last("10:30"), edited("11:31", "11:31")}, []string{"11:30", "12:00", "13:00"}},
		{"the finish ends the list", "12:30", []change{next("13:00"), last("12:00"), finish("14:00")}, []string{"13:00", "14:00"}},
		{"a disabled task has no dates", "12:30", []change{next("13:00"), disabled}, nil},
		{"a task whose edits are unknown is planned from now on", "12:30", []change{func(s *run.State) { s.LastEdit = time.Time{} }}, []string{"13:00", "14:00", "15:00"}},
	} {
		table, s := service(test.now, test.task...)
		got, err := s.Upcoming(t.Context(), task.NewCaller("account", "user", "client"), table.ID, 3)
		var want []time.Time
		for _, at := range test.want {
			want = append(want, clock(at))
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: got %v, %v, want %v", test.name, got, err, want)
		}
	}
}

func TestRunsAreThoseOfTheCallersTask(t *testing.T) {
	table, s := service("12:30")
	after := run.Position{Due: clock("11:00"), RunID: uuid.New()}
	page, err := s.List(t.Context(), task.NewCaller("account", "user", "client"), table.ID, after, 7)
	want := []run.Listing{{Ref: table.Ref(), After: after, Count: 7, Now: clock("12:30")}}
	if err != nil || !page.More || !slices.Equal(table.listed, want) {
		t.Errorf("got %+v, %v of the listings %+v, want the page of %+v", page, err, table.listed, want)
	}
}

func TestRunsOfNoTask(t *testing.T) {
	there, _ := service("12:30")
	gone, s := service("12:30", deleted)
	for name, test := range map[string]struct {
		account string
		id      uuid.UUID
	}{"deleted": {"account", gone.ID}, "another account's": {"other", there.ID}, "unknown": {"account", uuid.New()}} {
		_, err := s.List(t.Context(), task.NewCaller(test.account, "user", "client"), test.id, run.Position{}, 3)
		if task.AsError(err).Code != task.CodeTaskNotFound || len(gone.listed) > 0 {
			t.Errorf("%s: got %v and the listings %v, want %s", name, err, gone.listed, task.CodeTaskNotFound)
		}
	}
}

func TestUpcomingOfNoTask(t *testing.T) {
	table, s := service("12:30", deleted)
	for name, test := range map[string]struct {
		account string
		id      uuid.UUID
	}{"deleted": {"account", table.ID}, "another account's": {"other", table.ID}, "unknown": {"account", uuid.New()}} {
		_, err := s.Upcoming(t.Context(), task.NewCaller(test.account, "user", "client"), test.id, 3)
		if task.AsError(err).Code != task.CodeTaskNotFound {
			t.Errorf("%s: got %v, want %s", name, err, task.CodeTaskNotFound)
		}
	}
}

func TestARunIsSignedByTheCallersUser(t *testing.T) {
	table, s := service("12:30", disabled)
	for range 2 {
		got, err := s.Run(t.Context(), task.NewCaller("account", "user", "client"), table.ID, "")
		if err != nil || got != (run.Ordered{}) {
			t.Fatalf("got %+v, %v, want a run", got, err)
		}
	}
	if len(table.sent) != 2 || table.sent[0].User != "user" || table.sent[0].Trigger != run.TriggerManual ||
		table.LastRunBy != "user" || !table.LastRunOn.Equal(clock("12:30")) {
		t.Errorf("got %+v and LastRunBy %q, want two runs of the user, though the task is disabled", table.sent, table.LastRunBy)
	}
}

func TestLargeParametersAreNotInTheEvent(t *testing.T) {
	for size, sent := range map[int]bool{60 << 10: true, 60<<10 + 1: false} {
		table, s := service("12:30")
		table.Parameters, table.ContentType = strings.Repeat("1", size), task.ContentTypeJSON
		if _, err := s.Run(t.Context(), task.NewCaller("account", "user", "client"), table.ID, ""); err != nil {
			t.Fatal(err)
		}
		if e := table.sent[0]; (e.Parameters != nil) != sent || (e.ContentType != nil) != sent {
			t.Errorf("%d bytes: got Parameters %t and ContentType %t in the event, want %t", size, e.Parameters != nil, e.ContentType != nil, sent)
		}
	}
}

func TestAKeyRunsATaskOnce(t *testing.T) {
	table, s := service("12:30")
	for n, client := range []string{"client", "client", "other"} {
		got, err := s.Run(t.Context(), task.NewCaller("account", "user", client), table.ID, "key")
		if want := n == 1; err != nil || got.Replayed != want {
			t.Errorf("call %d: got replayed %t, %v, want %t", n, got.Replayed, err, want)
		}
	}
	if len(table.sent) != 2 {
		t.Errorf("got %d runs, want one for each client's key", len(table.sent))
	}
}

// finishedByOthers loses the answer to the first claim, and refuses its next attempt after another instance has ended
// the lease.
type finishedByOthers struct {
	*oneTask
	lost bool
	due  time.Time // of the run that was claimed, if not that of the call
	run  run.Key
}

func (f *finishedByOthers) Save(ctx context.Context, seen, next run.State) (run.State, bool, error) {
	if f.lost {
		return f.oneTask.Save(ctx, seen, next)
	}
	f.lost = true
	f.run = next.OpenKey()
	if !f.due.IsZero() {
		f.run.Due = f.due
	}
	next.Open = nil
	f.State = next
	return next, false, nil
}

func (f *finishedByOthers) ReadRun(_ context.Context, key run.Key) (run.Stored, bool, error) {
	return run.Stored{}, key == f.run, nil
}

func (f *finishedByOthers) Read(ctx context.Context, ref run.Ref) (run.State, bool, error) {
	if f.lost {
		return run.State{}, false, &task.Error{Code: task.CodeUnavailable, Reason: "nothing was changed"}
	}
	return f.oneTask.Read(ctx, ref)
}

// The refusal itself shows that the run is claimed. It is a repeat only if it has the due time of another call.
func TestARunWhoseAnswerWasLostIsFoundInTheRefusal(t *testing.T) {
	for _, test := range []struct {
		name, key string
		due       time.Time
		replayed  bool
	}{
		{"without a key", "", time.Time{}, false},
		{"with a key", "key", time.Time{}, false},
		{"a run of an earlier call with the key", "key", clock("12:29"), true},
	} {
		table, _ := service("12:30")
		store := &finishedByOthers{oneTask: table, due: test.due}
		s := run.NewService(run.NewRunner(store, takes{table}, run.DefaultTimeout, func() time.Time { return clock("12:30") }), table, uuid.New)
		got, err := s.Run(t.Context(), task.NewCaller("account", "user", "client"), table.ID, test.key)
		if err != nil || got.Replayed != test.replayed || table.Claims != 1 {
			t.Errorf("%s: got replayed %t, %v and %d claims, want %t and one", test.name, got.Replayed, err, table.Claims, test.replayed)
		}
	}
}

func TestAKeyOfAnotherChangeDoesNotRun(t *testing.T) {
	caller := task.NewCaller("account", "user", "client")
	table, s := service("12:30", func(s *run.State) {
		s.Marks = map[string]string{task.Token(caller, "key", uuid.New): "of an update"}
	})
	_, err := s.Run(t.Context(), caller, table.ID, "key")
	if task.AsError(err).Code != task.CodeIdempotencyKeyReused || len(table.sent) > 0 {
		t.Errorf("got %v and %d runs, want %s", err, len(table.sent), task.CodeIdempotencyKeyReused)
	}
}

// full is a bus that takes no event, and counts how often it was tried.
type full struct {
	takes
	tried *int
}

func (b full) Due(context.Context, run.Event) error {
	*b.tried++
	return errors.New("the bus is full")
}

func TestARunWhoseEventIsNotSentIsLeftToATick(t *testing.T) {
	table, _ := service("12:30")
	tried := 0
	s := run.NewService(run.NewRunner(table, full{takes{table}, &tried}, run.DefaultTimeout, func() time.Time { return clock("12:30") }), table, uuid.New)
	caller := task.NewCaller("account", "user", "client")
	got, err := s.Run(t.Context(), caller, table.ID, "key")
	if err != nil || got.Replayed || !run.IsUnsent(got.Unfinished) || table.Open == nil || tried != 1 {
		t.Fatalf("got %+v, %v and %d tries, want the run claimed, and why it is not finished", got, err, tried)
	}
	_, err = s.Run(t.Context(), caller, table.ID, "another key")
	if refused := task.AsError(err); refused.Code != task.CodeTooManyRequests || !run.IsUnsent(refused.Cause) || tried != 2 || table.Claims != 1 {
		t.Errorf("got %v after %d tries, want the next run refused after one more, with the cause", err, tried)
	}
}
