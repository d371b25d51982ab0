package run

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"accounttasks/internal/task"
)

const (
	// early is how far beyond the tick's time the index is queried. Clocks differ, and an early look does no harm.
	early = 5 * time.Second
	// tries is how many times a look is made if edits of the task interfere.
	tries = 5
)

// Runner looks at due tasks and runs them.
type Runner struct {
	store   Store
	bus     Bus
	timeout time.Duration
	now     func() time.Time
}

// NewRunner makes a runner with a store, a bus and a clock. timeout is how long workers have to report a run.
func NewRunner(store Store, bus Bus, timeout time.Duration, now func() time.Time) *Runner {
	return &Runner{store: store, bus: bus, timeout: timeout, now: now}
}

// Tally counts what a tick has done.
type Tally struct {
	// Looked counts the tasks and runs that were looked at, Claimed the claimed runs, and Failed the looks that ended with an
	// error.
	Looked, Claimed, Failed int
	// Unsent counts the looks whose event or notification the bus did not accept. They count as Failed too.
	Unsent int
	// Overdue has the runs that were failed at their deadline.
	Overdue []Stored
	// Missed counts the occurrences that the claimed runs replace.
	Missed int64
	// Lag is the greatest age of a claimed occurrence.
	Lag time.Duration
}

// Add adds the counts of another part of the tick.
func (t *Tally) Add(other Tally) {
	t.Looked += other.Looked
	t.Claimed += other.Claimed
	t.Failed += other.Failed
	t.Unsent += other.Unsent
	t.Overdue = append(t.Overdue, other.Overdue...)
	t.Missed += other.Missed
	t.Lag = max(t.Lag, other.Lag)
}

// unsentError is the error of an event that the bus may not have accepted.
type unsentError struct{ error }

func (e unsentError) Unwrap() error { return e.error }

// IsUnsent reports whether an error is that of an event or a notification that the bus may not have accepted.
func IsUnsent(err error) bool { return errors.As(err, new(unsentError)) }

func (t *Tally) fail(err error) {
	t.Failed++
	if IsUnsent(err) {
		t.Unsent++
	}
}

// Window reads the window in which occurrences run. Each tick reads it once.
func (r *Runner) Window(ctx context.Context) (Window, error) { return r.store.Window(ctx) }

// Shard looks at the due tasks and runs of one shard, for the tick of this time. Before the window it looks at runs only:
// they have begun in an earlier window. After the window it completes what has begun. When ctx is done, it begins no
// further look; the next tick continues. An error of one look does not stop the others. The errors of all looks are
// joined.
func (r *Runner) Shard(ctx context.Context, shard int, tick time.Time, w Window) (Tally, error) {
	var t Tally
	var errs []error
	for cursor, more := "", true; more; more = cursor != "" {
		if ctx.Err() != nil {
			break
		}
		// A look that has begun is completed.
		page, next, err := r.store.Due(context.WithoutCancel(ctx), shard, r.time(tick).Add(early), cursor)
		if err != nil {
			return t, errors.Join(append(errs, err)...)
		}
		for _, key := range page {
			if ctx.Err() != nil {
				break
			}
			if !key.IsRun() && !w.Begun(r.time(tick)) {
				continue
			}
			t.Looked++
			if err := r.lookAt(context.WithoutCancel(ctx), key, tick, w, &t); err != nil {
				t.fail(err)
				errs = append(errs, err)
			}
		}
		cursor = next
	}
	return t, errors.Join(errs...)
}

// time is the later of the tick's time and the clock.
func (r *Runner) time(tick time.Time) time.Time { return later(tick, r.clock()) }

func (r *Runner) clock() time.Time { return r.now().UTC().Truncate(task.DateResolution) }

// lookAt looks at a run, or at a task, and there again after a simultaneous edit. A panic is the error of this look, so
// that one task does not keep all others from running.
func (r *Runner) lookAt(ctx context.Context, key Key, tick time.Time, w Window, t *Tally) (err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("look at task %s of account %s: panic: %v\n%s", key.ID, key.AccountID, cause, debug.Stack())
		}
	}()
	if key.IsRun() {
		return r.lookAtRun(ctx, key, tick, t)
	}
	for range tries {
		overtaken, err := r.look(ctx, key.Ref, tick, w, t)
		if err != nil || !overtaken {
			return err
		}
	}
	return nil
}

func (r *Runner) look(ctx context.Context, ref Ref, tick time.Time, w Window, t *Tally) (overtaken bool, err error) {
	seen, exists, err := r.store.Read(ctx, ref)
	if err != nil || !exists {
		return false, err
	}
	now := r.time(tick)
	switch {
	case !seen.toBeLookedAt(now), w.waits(seen):
		return false, nil
	case seen.Open != nil:
		return false, r.finish(ctx, seen, w)
	}
	inWindow, at := w.apply(seen), w.clamp(now)
	plan := inWindow.Plan(at)
	if !plan.Due(at) {
		_, saved, err := r.store.Save(ctx, seen, inWindow.planned(at))
		return !saved, err
	}
	claim := inWindow.claimed(plan, now)
	current, saved, err := r.store.Save(ctx, seen, claim)
	switch {
	case err != nil:
		return false, err
	case !saved && !isOwn(claim, current):
		return true, nil
	}
	t.Claimed++
	t.Missed += plan.Missed
	t.Lag = max(t.Lag, now.Sub(plan.Next))
	return false, r.finish(ctx, current, w)
}

// toBeLookedAt decides by the task itself, because its row in the index lags. A task with a new edit is looked at
// early; a lease and an occurrence have to wait until their time.
func (s State) toBeLookedAt(now time.Time) bool {
	switch {
	case s.DueAt.IsZero():
		return false
	case s.Open != nil || s.DueAt.Equal(s.Next):
		return !s.DueAt.After(now)
	default:
		return !s.DueAt.After(now.Add(early))
	}
}

// isOwn reports whether a claim that the table refused was applied after all, because the call was repeated and found
// its own effect. Another instance's claim of the same run has another time, unless both have the tick's time because
// their clocks are slow. Then both send the event, as workers expect.
func isOwn(claim, current State) bool {
	return current.holds(claim.Open) && current.LastRunOn.Equal(claim.LastRunOn)
}

// finish completes the state's open run: it stores the run, tells the workers, and ends the lease. It may be called
// twice. The run of a deleted task is dropped.
func (r *Runner) finish(ctx context.Context, s State, w Window) error {
	if !s.Deleted {
		if err := r.store.PutRun(ctx, s, r.clock().Add(r.timeout)); err != nil {
			return err
		}
		if err := r.bus.Due(ctx, s.event()); err != nil {
			return unsentError{err}
		}
	}
	return r.endLease(ctx, s, w)
}

// endLease ends the lease. After a simultaneous edit it plans again, without sending the event again.
func (r *Runner) endLease(ctx context.Context, s State, w Window) error {
	open := s.Open
	for range tries {
		current, saved, err := r.store.Save(ctx, s, w.apply(s).planned(w.clamp(r.clock())))
		if err != nil || saved || !current.holds(open) {
			return err
		}
		s = current
	}
	return nil
}
