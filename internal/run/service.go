package run

import (
	"context"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Service has the callers' operations on the runs of their account's tasks.
type Service struct {
	runner  *Runner
	records Records
	newID   func() uuid.UUID
}

// NewService makes a service. newID makes a new GUID for every run that is requested without an idempotency key.
func NewService(runner *Runner, records Records, newID func() uuid.UUID) *Service {
	return &Service{runner: runner, records: records, newID: newID}
}

// Run runs a task now (contract section 5.20). A repeat with the idempotency key starts no run. The errors are those of
// Runner.Now.
func (s *Service) Run(ctx context.Context, caller task.Caller, id uuid.UUID, key string) (Ordered, error) {
	return s.runner.Now(ctx, Order{
		Ref:         Ref{AccountID: caller.AccountID(), ID: id},
		User:        caller.UserID(),
		Token:       task.Token(caller, key, s.newID),
		Fingerprint: task.Fingerprint("run"),
		Keyed:       key != "",
	})
}

// Upcoming lists the next runs of the task, at most count dates: the planned run first, then the occurrences of its
// definition. A disabled task has none. The first date lies in the past if that run is about to begin. The errors are
// those of Store.Read and Store.Window, or have CodeTaskNotFound.
func (s *Service) Upcoming(ctx context.Context, caller task.Caller, id uuid.UUID, count int) ([]time.Time, error) {
	window, err := s.runner.store.Window(ctx)
	if err != nil {
		return nil, err
	}
	seen, err := s.read(ctx, Ref{AccountID: caller.AccountID(), ID: id})
	if err != nil {
		return nil, err
	}
	return window.apply(seen).upcoming(s.runner.clock(), count), nil
}

// List lists one page of the runs of the task, at most count, the latest due time first. after is the last run that the
// caller has seen. The errors are those of Store.Read and Records.List, or have CodeTaskNotFound.
func (s *Service) List(ctx context.Context, caller task.Caller, id uuid.UUID, after Position, count int) (Page, error) {
	ref := Ref{AccountID: caller.AccountID(), ID: id}
	if _, err := s.read(ctx, ref); err != nil {
		return Page{}, err
	}
	return s.records.List(ctx, Listing{Ref: ref, After: after, Count: count, Now: s.runner.clock()})
}

// read reads a task. A deleted one is not found.
func (s *Service) read(ctx context.Context, ref Ref) (State, error) {
	seen, exists, err := s.runner.store.Read(ctx, ref)
	switch {
	case err != nil:
		return State{}, err
	case !exists || seen.Deleted:
		return State{}, notFound(ref.ID)
	}
	return seen, nil
}

func (s State) upcoming(now time.Time, count int) []time.Time {
	var dates []time.Time
	for next := s.Plan(now).Next; !next.IsZero() && len(dates) < count; next = s.after(next) {
		dates = append(dates, next)
	}
	return dates
}
