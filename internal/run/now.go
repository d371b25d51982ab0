package run

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Order is a request to run a task now (contract section 5.20).
type Order struct {
	Ref
	// User is the user who requested the run; it becomes LastRunBy.
	User string
	// Token identifies the call among all calls for the task; a repeat has the same token. Fingerprint identifies its
	// content.
	Token, Fingerprint string
	// Keyed says that the caller sent an idempotency key, so that it can repeat the order with the same Token.
	Keyed bool
}

// Ordered is the effect of an order.
type Ordered struct {
	// Replayed says that the order was a repeat and started no run.
	Replayed bool
	// Unfinished is why the steps after the claim may not have been done: the event may not have been sent. A later tick
	// does them.
	Unfinished error
}

// Now runs a task now, even if it is disabled or outside its dates. It does not change Next and Last: no planned
// occurrence is run earlier or left out. A repeat of an order starts no run.
//
// An error has one of these codes: CodeTaskNotFound, CodeIdempotencyKeyReused, CodeTooManyRequests (nothing was
// applied), CodeUnavailable (the run may have been claimed; or, as the reason says, runs are held and nothing was
// applied), or none if the table refuses a call. A claimed run counts as run.
func (r *Runner) Now(ctx context.Context, o Order) (Ordered, error) {
	due := r.clock() // fixed once: every try is the same run
	window, err := r.store.Window(ctx)
	if err != nil {
		return Ordered{}, err
	}
	for range tries {
		seen, exists, err := r.store.Read(ctx, o.Ref)
		if err != nil {
			return Ordered{}, err
		}
		if done, err := o.settled(seen, exists); done {
			return Ordered{Replayed: err == nil}, err
		}
		if !window.Open(due) {
			return Ordered{}, held()
		}
		if seen.Open != nil {
			if err := r.finish(ctx, seen, window); err != nil {
				return Ordered{}, busy(err)
			}
			continue
		}
		claim := seen.ordered(o, due, r.clock())
		current, saved, err := r.store.Save(ctx, seen, claim)
		if err != nil {
			return Ordered{}, err
		}
		if saved || isOwn(claim, current) {
			return Ordered{Unfinished: r.finish(ctx, current, window)}, nil
		}
		// The answer to the claim may have been lost, and another instance may have finished the run since.
		if done, err := o.settled(current, current.ID != uuid.Nil); done {
			return Ordered{Replayed: err == nil && o.Keyed && !r.isStored(ctx, claim.OpenKey())}, err
		}
	}
	return Ordered{}, busy(nil)
}

// isStored reports whether the table has a run with this id and due time. It is false if the table does not answer. The run
// of an earlier order with the same key has another due time.
func (r *Runner) isStored(ctx context.Context, key Key) bool {
	_, exists, err := r.store.ReadRun(ctx, key)
	return err == nil && exists
}

// busy refuses a run of a task that others change, or whose open run cannot be finished. cause is why not.
func busy(cause error) error {
	return &task.Error{Code: task.CodeTooManyRequests, Cause: cause,
		Reason: "The task is being changed or run by others, and nothing was applied: repeat the request later."}
}

// settled reports whether the order needs no run, and returns the error for its caller.
func (o Order) settled(s State, exists bool) (settled bool, err error) {
	if !exists || s.Deleted {
		return true, notFound(o.ID)
	}
	fingerprint, used := s.Marks[o.Token]
	if used && fingerprint != o.Fingerprint {
		return true, &task.Error{Code: task.CodeIdempotencyKeyReused}
	}
	return used, nil
}

// held refuses a run outside the window. Its workers may not be connected, and an event that no rule takes is lost.
func held() error {
	return &task.Error{Code: task.CodeUnavailable,
		Reason: "No tasks are run at present, and nothing was applied: repeat the request later."}
}

func notFound(id uuid.UUID) error {
	return &task.Error{Code: task.CodeTaskNotFound, Reason: fmt.Sprintf("There is no task %s on your account.", id)}
}

// ordered is the state after the order's run is claimed at the time now.
func (s State) ordered(o Order, due, now time.Time) State {
	s.Open = &Run{ID: orderedID(o), Due: due, Trigger: TriggerManual, User: o.User}
	marks := maps.Clone(s.Marks)
	if marks == nil {
		marks = make(map[string]string, 1)
	}
	marks[o.Token] = o.Fingerprint
	s.Marks = marks
	return s.opened(now)
}
