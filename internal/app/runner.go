package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"accounttasks/internal/bus"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/telemetry"
)

const (
	// reserve is what a tick leaves of its time for the looks that have begun.
	reserve = 10 * time.Second
	// ahead is how far the schedule's clock may be ahead of the function's.
	ahead = time.Minute
)

// Runner is the function that the schedule wakes. It implements lambda.Handler.
type Runner struct {
	runner   *run.Runner
	now      func() time.Time
	recorder *telemetry.Recorder
}

// NewRunner makes the function for the table and the bus that the environment names in TABLE_NAME and EVENT_BUS. The
// error names the variables that are missing.
func NewRunner(e Environment) (*Runner, error) {
	table, events, err := tableAndBus(e)
	if err != nil {
		return nil, err
	}
	return NewRunnerOn(table.Runs(), events, e), nil
}

// tableAndBus are those that the environment names. They share their connections' settings.
func tableAndBus(e Environment) (*dynamo.Table, *bus.Bus, error) {
	config, err := dynamo.NewConfig(e.Getenv)
	errs := []error{err}
	for _, name := range []string{"TABLE_NAME", "EVENT_BUS"} {
		if e.Getenv(name) == "" {
			errs = append(errs, fmt.Errorf("the environment variable %s is not set", name))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, nil, err
	}
	table := dynamo.NewTable(dynamo.NewClientOf(config, e.Getenv), e.Getenv("TABLE_NAME")).LogTo(e.Log)
	return table, bus.New(config, e.Getenv, e.Getenv("EVENT_BUS")), nil
}

// NewRunnerOn makes the function for tasks and a bus that are elsewhere.
func NewRunnerOn(tasks run.Store, events run.Bus, e Environment) *Runner {
	return &Runner{runner: run.NewRunner(tasks, events, e.Now), now: e.Now, recorder: e.recorder()}
}

// Invoke carries out one tick. An error tells Lambda that the tick failed; the next one does what it has left.
func (r *Runner) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var event struct {
		ScheduledTime time.Time `json:"scheduledTime"`
	}
	if err := json.Unmarshal(payload, &event); err != nil {
		return nil, fmt.Errorf("read the schedule's event: %w", err)
	}
	switch {
	case event.ScheduledTime.IsZero():
		return nil, errors.New("the event has no scheduledTime: the schedule sends one")
	case event.ScheduledTime.After(r.now().Add(ahead)):
		return nil, fmt.Errorf("the event's scheduledTime %s is in the future", event.ScheduledTime)
	}
	return []byte("{}"), r.tick(ctx, event.ScheduledTime)
}

// tick looks at all shards at once, until the function's time is nearly over.
func (r *Runner) tick(ctx context.Context, at time.Time) error {
	begun := r.now()
	if deadline, limited := ctx.Deadline(); limited {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, deadline.Add(-reserve))
		defer cancel()
	}
	window, err := r.runner.Window(context.WithoutCancel(ctx)) // also in a tick without time left
	if err != nil {
		return err
	}
	var (
		mu    sync.Mutex
		tally run.Tally
		errs  []error
		work  sync.WaitGroup
	)
	for shard := range run.Shards {
		work.Go(func() {
			done, err := r.runner.Shard(ctx, shard, at, window)
			mu.Lock()
			defer mu.Unlock()
			tally.Add(done)
			errs = append(errs, err)
		})
	}
	work.Wait()
	r.recorder.RecordTick(ctx, telemetry.Tick{
		Scheduled: at, Tally: tally, Held: !window.Open(begun), Took: r.now().Sub(begun),
	})
	return errors.Join(errs...)
}
