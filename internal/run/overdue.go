package run

import (
	"context"
	"time"
)

// DefaultTimeout is how long workers have to report a run if the environment does not say otherwise: as long as the bus
// tries to deliver an event, and as old as an occurrence may be that is still run.
const DefaultTimeout = 24 * time.Hour

// lookAtRun fails a run whose deadline has passed, or sends a notification that may not have been sent. The run itself
// decides, because its row in the index lags.
func (r *Runner) lookAtRun(ctx context.Context, key Key, tick time.Time, t *Tally) error {
	seen, exists, err := r.store.ReadRun(ctx, key)
	if err != nil || !exists {
		return err
	}
	now := r.time(tick)
	switch {
	case seen.DueAt.IsZero() || seen.DueAt.After(now):
		return nil
	case seen.hasEnded():
		return r.notifyAgain(ctx, seen, now)
	default:
		return r.expire(ctx, seen, t)
	}
}

// expire fails a run that no worker has reported. While its lease is open its event may not have been sent: completing the
// lease sends it and puts off the deadline. The run ends at this instance's time, not the tick's: another tick may have
// the same time, and the end tells whose it is.
func (r *Runner) expire(ctx context.Context, seen Stored, t *Tally) error {
	of, exists, err := r.store.Read(ctx, seen.Task)
	if err != nil || exists && !of.Deleted && of.holds(&Run{ID: seen.ID}) {
		return err
	}
	expired, own, err := r.end(ctx, seen, seen.expired(r.clock()))
	if err != nil || !own {
		return err
	}
	t.Overdue = append(t.Overdue, expired)
	return r.notify(ctx, expired)
}

// notifyAgain sends the notification of a run whose instance has not noted that it was sent. The lease keeps a tick at
// the same time from sending it too.
func (r *Runner) notifyAgain(ctx context.Context, seen Stored, now time.Time) error {
	next := seen
	next.DueAt = now.Add(lease)
	current, saved, err := r.store.SaveRun(ctx, seen, next)
	if err != nil || !saved {
		return err
	}
	return r.notify(ctx, current)
}
