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
