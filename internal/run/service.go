package run

import (
	"context"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Service carries out what callers ask of the runs of their account's tasks.
type Service struct {
	runner *Runner
	newID  func() uuid.UUID
}

// NewService makes a service. newID makes a fresh GUID for every run that is asked for without an idempotency key.
func NewService(runner *Runner, newID func() uuid.UUID) *Service {
	return &Service{runner: runner, newID: newID}
}

// Run runs a task at once (contract section 5.20). With an idempotency key a repeat runs nothing, and replayed is
// true. The error is one of Runner.Now.
func (s *Service) Run(ctx context.Context, caller task.Caller, id uuid.UUID, key string) (replayed bool, err error) {
	return s.runner.Now(ctx, Order{
		Ref:         Ref{AccountID: caller.AccountID(), ID: id},
		User:        caller.UserID(),
		Token:       task.Token(caller, key, s.newID),
		Fingerprint: task.Fingerprint("run"),
		Keyed:       key != "",
	})
}

// Upcoming lists when the task will run next, count dates at most: what is planned first, and then what its definition
// says. A task that is disabled has none. The first date has passed where its run is about to begin. The error is one
// of Store.Read, or has CodeTaskNotFound.
func (s *Service) Upcoming(ctx context.Context, caller task.Caller, id uuid.UUID, count int) ([]time.Time, error) {
	seen, exists, err := s.runner.store.Read(ctx, Ref{AccountID: caller.AccountID(), ID: id})
	switch {
	case err != nil:
		return nil, err
	case !exists || seen.Deleted:
		return nil, notFound(id)
	}
	return seen.upcoming(s.runner.clock(), count), nil
}

func (s State) upcoming(now time.Time, count int) []time.Time {
	var dates []time.Time
	for next := s.Plan(now).Next; !next.IsZero() && len(dates) < count; next = s.after(next) {
		dates = append(dates, next)
	}
	return dates
}
