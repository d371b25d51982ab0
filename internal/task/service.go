package task

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Service carries out the operations on tasks.
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

// Update judges the request and, if the rules allow it, applies it to the caller's account. The error is
// one of Problems.Err for what the rules refuse, else one of Store.Update.
func (s *Service) Update(ctx context.Context, caller Caller, d UpdateRequest) (Result, error) {
	w, err := s.conditionalUpdate(ctx, caller, d)
	if err != nil {
		return Result{}, err
	}
	return s.store.Update(ctx, w)
}

// ValidateUpdate judges the request as Update would, changes nothing and uses up no key. It gives the task as it
// would be, without a revision (contract section 5.27). Errors are those of Update.
func (s *Service) ValidateUpdate(ctx context.Context, caller Caller, d UpdateRequest) (Result, error) {
	w, err := s.conditionalUpdate(ctx, caller, d)
	if err != nil {
		return Result{}, err
	}
	return s.store.TryUpdate(ctx, w)
}

func (s *Service) conditionalUpdate(ctx context.Context, caller Caller, d UpdateRequest) (ConditionalUpdate, error) {
	name, err := s.judge(ctx, &d)
	if err != nil {
		return ConditionalUpdate{}, err
	}
	return ConditionalUpdate{
		AccountID:   caller.AccountID(),
		ID:          d.ID,
		Enabled:     d.Enabled,
		Definition:  d.Definition,
		Name:        name,
		ModifiedBy:  caller.UserID(),
		ModifiedAt:  s.time(),
		Token:       s.token(caller, d.IdempotencyKey),
		Fingerprint: d.fingerprint(),
		Keyed:       d.IdempotencyKey != "",
		IfMatch:     d.IfMatch,
		NotAt:       d.NotAt,
		NotAtAny:    d.NotAtAny,
	}, nil
}

// judge applies the rules and gives the catalogue's name of the task.
func (s *Service) judge(ctx context.Context, d *UpdateRequest) (name string, err error) {
	d.validate()
	if name, err = s.name(ctx, d); err != nil {
		return "", err
	}
	return name, d.Problems.Err()
}

// time is the present as the store dates it.
func (s *Service) time() time.Time { return s.now().UTC().Truncate(DateResolution) }

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
			"%s cannot be %s, which the task catalogue does not list: send %s.", Quote(d.Name(FieldTaskID)), d.TaskID, FieldTaskID.want)
	}
	return name, nil
}

func (s *Service) token(caller Caller, idempotencyKey string) string {
	return Token(caller, idempotencyKey, s.newID)
}
