package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
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
	// minTimeout and maxTimeout bound the deadline of runs, in minutes.
	minTimeout, maxTimeout = 1, 7 * 24 * 60
)

// Runner is the function that the schedule wakes, and that takes the workers' reports. It implements lambda.Handler.
type Runner struct {
	runner   *run.Runner
	now      func() time.Time
	recorder *telemetry.Recorder
}

// NewRunner makes the function for the table and the bus that the environment names in TABLE_NAME and EVENT_BUS, and for
// the deadline of runs in RUN_TIMEOUT_MINUTES. The error names the variables that are missing or wrong.
func NewRunner(e Environment) (*Runner, error) {
	table, events, timeout, err := platform(e)
	if err != nil {
		return nil, err
	}
	return NewRunnerOn(table.Runs(), events, timeout, e), nil
}

// platform is what runs need of the environment. Table and bus share their connections' settings.
func platform(e Environment) (*dynamo.Table, *bus.Bus, time.Duration, error) {
	config, err := dynamo.NewConfig(e.Getenv)
	timeout, badTimeout := runTimeout(e)
	errs := []error{err, badTimeout}
	for _, name := range []string{"TABLE_NAME", "EVENT_BUS"} {
		if e.Getenv(name) == "" {
			errs = append(errs, fmt.Errorf("the environment variable %s is not set", name))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, nil, 0, err
	}
	table := dynamo.NewTable(dynamo.NewClientOf(config, e.Getenv), e.Getenv("TABLE_NAME")).LogTo(e.Log)
	return table, bus.New(config, e.Getenv, e.Getenv("EVENT_BUS")), timeout, nil
}

// runTimeout is how long workers have to report a run.
func runTimeout(e Environment) (time.Duration, error) {
	written := e.Getenv("RUN_TIMEOUT_MINUTES")
	if written == "" {
		return run.DefaultTimeout, nil
	}
	minutes, err := strconv.Atoi(written)
	if err != nil || minutes < minTimeout || minutes > maxTimeout {
		return 0, fmt.Errorf("the environment variable RUN_TIMEOUT_MINUTES is %q, not a whole number from %d to %d", written, minTimeout, maxTimeout)
	}
	return time.Duration(minutes) * time.Minute, nil
}

// NewRunnerOn makes the function for tasks and a bus that are elsewhere. timeout is how long workers have to report.
func NewRunnerOn(tasks run.Store, events run.Bus, timeout time.Duration, e Environment) *Runner {
	return &Runner{runner: run.NewRunner(tasks, events, timeout, e.Now), now: e.Now, recorder: e.recorder()}
}

// Invoke carries out one tick, or takes one report. An error tells Lambda that the invocation failed. Lambda repeats it; for
// a tick, the next one does the same. The error, or the panic that it stands for, is recorded here: the runtime's own line
// has neither a level nor the request's id.
func (r *Runner) Invoke(ctx context.Context, payload []byte) (answer []byte, err error) {
	if err = recovered(func() error { return r.serve(ctx, payload) }); err != nil {
		r.recorder.RecordFailure(ctx, err)
		return nil, err
	}
	return []byte("{}"), nil
}

// recovered calls work and returns a panic as an error.
func recovered(work func() error) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = telemetry.Panicked(cause)
		}
	}()
	return work()
}

func (r *Runner) serve(ctx context.Context, payload []byte) error {
	var event struct {
		ScheduledTime time.Time `json:"scheduledTime"`
		bus.Envelope
	}
	if err := json.Unmarshal(payload, &event); err != nil {
		return fmt.Errorf("read the event: %w", err)
	}
	switch {
	case event.DetailType != "":
		return r.report(ctx, event.Envelope)
	case event.ScheduledTime.IsZero():
		return errors.New("the event has neither scheduledTime, which the schedule sends, nor detail-type, which the bus sends")
	case event.ScheduledTime.After(r.now().Add(ahead)):
		return fmt.Errorf("the event's scheduledTime %s is in the future", event.ScheduledTime)
	}
	return r.tick(ctx, event.ScheduledTime)
}

// report takes a worker's report. A report that is refused does not fail the invocation: a repeat would be refused too.
func (r *Runner) report(ctx context.Context, e bus.Envelope) error {
	sent, err := bus.ReadReport(e)
	if err != nil {
		r.recorder.RecordReport(ctx, telemetry.Report{
			EventID: e.ID, Reception: telemetry.ReportRefused, Key: sent.Key, Outcome: sent.Outcome, Problem: err,
		})
		return nil
	}
	receipt, err := r.runner.Report(ctx, sent)
	if err != nil {
		return fmt.Errorf("take the report of run %s: %w", sent.RunID, err)
	}
	r.recorder.RecordReport(ctx, telemetry.Report{
		EventID: e.ID, Reception: receipt.Reception, Key: sent.Key, Outcome: sent.Outcome, Run: receipt.Run, Unsent: receipt.Unsent,
	})
	return nil
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
			var done run.Tally
			err := recovered(func() (err error) {
				done, err = r.runner.Shard(ctx, shard, at, window)
				return err
			})
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
