package task

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Store is the task table as the domain needs it.
type Store interface {
	// Update carries out one update as one conditional write, or tells why it must not be.
	//
	// The error has one of these codes, judged in this order: CodeTaskNotFound (the account has no such
	// task), CodeIdempotencyKeyReused (the token was used for another update), CodePreconditionFailed
	// (no revision of IfMatch is the task's, or one of NotAt is; the error carries the current task). When the table itself
	// fails it is CodeTooManyRequests (nothing was applied), CodeUnavailable (it may have been, unless the
	// reason says otherwise) or an error without a code. An update that was applied before is not applied again:
	// the current task is given back, with Replayed set where the caller repeated it under its key, which is
	// known for at least a day (contract section 5.13).
	Update(ctx context.Context, w ConditionalUpdate) (Result, error)
}

// ConditionalUpdate is one update on its way to the store.
type ConditionalUpdate struct {
	AccountID  string
	ID         uuid.UUID
	Enabled    *bool // nil keeps the stored flag
	Definition Definition
	Name       string
	ModifiedBy string
	ModifiedAt time.Time
	// Token identifies the update among all that are made of the task; Fingerprint what it does.
	Token, Fingerprint string
	// Keyed tells that the caller can repeat the update under the same Token: it sent an idempotency key.
	Keyed bool
	// IfMatch holds the revisions of which the task must be at one; empty means any.
	IfMatch []Revision
	// NotAt holds the revisions at none of which the task may be; NotAtAny stands for all there are
	// (contract section 5.22).
	NotAt    []Revision
	NotAtAny bool
}

// Result is the outcome of an update that is in force.
type Result struct {
	// Task is the task as it is after the update; for a repeat as it is now.
	Task Task
	// Replayed tells that the caller repeated an update that had been applied before. A repeat of the store's own,
	// after a lost answer, is not told.
	Replayed bool
}

// Service updates tasks.
type Service struct {
	store     Store
	catalogue *Catalogue
	now       func() time.Time
	newID     func() uuid.UUID
}

// NewService makes a service. now tells the time; newID makes a fresh GUID for every update without an
// idempotency key.
func NewService(store Store, catalogue *Catalogue, now func() time.Time, newID func() uuid.UUID) *Service {
	return &Service{store: store, catalogue: catalogue, now: now, newID: newID}
}

// Update judges the draft and, if the rules allow it, applies it to the caller's account. The error is
// one of Problems.Err for what the rules refuse, else one of Store.Update.
func (s *Service) Update(ctx context.Context, caller Caller, d UpdateRequest) (Result, error) {
	d.validate()
	name, err := s.name(ctx, &d)
	if err != nil {
		return Result{}, err
	}
	if err := d.Problems.Err(); err != nil {
		return Result{}, err
	}
	return s.store.Update(ctx, ConditionalUpdate{
		AccountID:   caller.AccountID(),
		ID:          d.ID,
		Enabled:     d.Enabled,
		Definition:  d.Definition,
		Name:        name,
		ModifiedBy:  caller.UserID(),
		ModifiedAt:  s.now().UTC().Truncate(DateResolution),
		Token:       s.token(caller, d.IdempotencyKey),
		Fingerprint: d.fingerprint(),
		Keyed:       d.IdempotencyKey != "",
		IfMatch:     d.IfMatch,
		NotAt:       d.NotAt,
		NotAtAny:    d.NotAtAny,
	})
}

// name looks up what the task is called. A draft that is refused for something else is not worth an
// error of the catalogue.
func (s *Service) name(ctx context.Context, d *UpdateRequest) (string, error) {
	if d.TaskID == uuid.Nil {
		return "", nil
	}
	name, found, err := s.catalogue.Name(ctx, d.TaskID)
	switch {
	case err != nil && len(d.Problems) == 0:
		return "", err
	case err == nil && !found:
		d.Problems.addCode(CodeUnknownTask, FieldTaskID,
			"%s cannot be %s, which the task catalogue does not list: send %s.", Quote(d.Name(FieldTaskID)), d.TaskID, fields[FieldTaskID].want)
	}
	return name, nil
}

func (s *Service) token(caller Caller, idempotencyKey string) string {
	if idempotencyKey == "" {
		return freshToken(s.newID())
	}
	return writeToken(caller.ClientID(), idempotencyKey)
}
