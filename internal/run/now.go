package run

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Order asks for a run of a task at once (contract section 5.20).
type Order struct {
	Ref
	// User asks for the run and signs it.
	User string
	// Token identifies the call among all that are made of the task, Fingerprint what it does. A repeat has the
	// same token.
	Token, Fingerprint string
	// Keyed says that the caller can repeat the order under the same Token: it sent an idempotency key.
	Keyed bool
}

// Now runs a task at once, even one that is disabled or outside its dates. Next and Last stay: no occurrence
// that is planned is run earlier or left out. A repeat of an order is not run again, and replayed is true.
//
// An error has one of these codes: CodeTaskNotFound, CodeIdempotencyKeyReused, CodeTooManyRequests (nothing was
// applied), CodeUnavailable (the run may have been claimed), or none where the table refuses a call. A run that
// is claimed counts as run: where the steps after the claim fail the next tick does them.
func (r *Runner) Now(ctx context.Context, o Order) (replayed bool, err error) {
	due := r.clock() // fixed once: every try is the same run
	for range tries {
		seen, exists, err := r.store.Read(ctx, o.Ref)
		if err != nil {
			return false, err
		}
		if done, err := o.settled(seen, exists); done {
			return err == nil, err
		}
		if seen.Open != nil {
			// An error keeps the run open, which the next try meets again.
			_ = r.finish(ctx, seen)
			continue
		}
		claim := seen.ordered(o, due, r.clock())
		current, saved, err := r.store.Save(ctx, seen, claim)
		if err != nil {
			return false, err
		}
		if saved || isOwn(claim, current) {
			_ = r.finish(ctx, current)
			return false, nil
		}
		// The answer to the claim may have been lost, and others have finished its run since.
		if done, err := o.settled(current, current.ID != uuid.Nil); done {
			return err == nil && o.Keyed, err
		}
	}
	return false, &task.Error{Code: task.CodeTooManyRequests,
		Reason: "The task is being changed or run by others, and nothing was applied: repeat the request later."}
}

// settled reports whether nothing is to be run for the order, and what its caller is told then.
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

func notFound(id uuid.UUID) error {
	return &task.Error{Code: task.CodeTaskNotFound, Reason: fmt.Sprintf("There is no task %s on your account.", id)}
}

// ordered is the state once the order's run is claimed at the time now.
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
