package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// startRuns lets tasks run that are due from a time on.
func (a *admin) startRuns(given arguments) (job, error) {
	at, badTime := readTime(given["AT"])
	missed, badMissed := readMissed(given["MISSED"])
	start := func(w run.Window, now time.Time) (run.Window, error) { return w.Start(at, now, missed) }
	return a.switchRuns(at, start), errors.Join(badTime, badMissed)
}

// stopRuns holds runs again, from a time on.
func (a *admin) stopRuns(given arguments) (job, error) {
	at, err := readTime(given["AT"])
	stop := func(w run.Window, now time.Time) (run.Window, error) { return w.Stop(at, now) }
	return a.switchRuns(at, stop), err
}

// readTime reads a time in UTC, or with its offset; empty is the zero time.
func readTime(written string) (time.Time, error) {
	if written == "" {
		return time.Time{}, nil
	}
	at, err := time.Parse(time.RFC3339Nano, written)
	if err != nil {
		return time.Time{}, fmt.Errorf("AT is %q, not a time such as 2026-12-05T22:00:00Z", written)
	}
	return at.UTC().Truncate(task.DateResolution), nil
}

// switchRuns replaces the window of runs by the next one, which begins or ends at a time, and says what runs then.
func (a *admin) switchRuns(at time.Time, next func(w run.Window, now time.Time) (run.Window, error)) job {
	return job{run: func(ctx context.Context, t target) error {
		runs := dynamo.NewTable(t.client, t.table).Runs()
		seen, err := runs.Window(ctx)
		if err != nil {
			return err
		}
		now := a.now().UTC()
		window, err := next(seen, now)
		if err != nil {
			return switchError(err, seen, at)
		}
		replaced, err := runs.ReplaceWindow(ctx, seen, window)
		switch {
		case err != nil:
			return fmt.Errorf("it is not known whether runs are held, `make status` shows it: %w", err)
		case !replaced:
			return errors.New("another command has started or stopped runs meanwhile: nothing was changed, look with `make status`")
		}
		a.say("%s", describe(window, now))
		if !window.Until.IsZero() && window.Until.Before(now.Add(run.Notice)) {
			a.say("A tick that is under way may still run what is due before %s.", now.Add(run.Notice).Truncate(time.Second).Format(time.RFC3339))
		}
		return nil
	}}
}
