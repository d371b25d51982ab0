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

// Update checks the request and, if the rules allow it, applies it to the caller's account. The error is
// one of Problems.Err where a rule refuses the request, else one of Store.Update.
func (s *Service) Update(ctx context.Context, caller Caller, request UpdateRequest) (Result, error) {
	w, err := s.conditionalUpdate(ctx, caller, request)
	if err != nil {
		return Result{}, err
	}
	return s.store.Update(ctx, w)
}

// ValidateUpdate checks the request as Update would. It changes nothing and uses no key. It returns the task as it
// would be, without a revision (contract section 5.27). Errors are those of Update.
func (s *Service) ValidateUpdate(ctx context.Context, caller Caller, request UpdateRequest) (Result, error) {
	w, err := s.conditionalUpdate(ctx, caller, request)
	if err != nil {
		return Result{}, err
	}
	return s.store.TryUpdate(ctx, w)
}

func (s *Service) conditionalUpdate(ctx context.Context, caller Caller, request UpdateRequest) (ConditionalUpdate, error) {
	name, err := s.validated(ctx, &request)
	if err != nil {
		return ConditionalUpdate{}, err
	}
	return ConditionalUpdate{
		AccountID:   caller.AccountID(),
		ID:          request.ID,
		Enabled:     request.Enabled,
		Definition:  request.Definition,
		Name:        name,
		ModifiedBy:  caller.UserID(),
		ModifiedAt:  s.time(),
		Token:       s.token(caller, request.IdempotencyKey),
		Fingerprint: request.fingerprint(),
		Keyed:       request.IdempotencyKey != "",
		IfMatch:     request.IfMatch,
		NotAt:       request.NotAt,
		NotAtAny:    request.NotAtAny,
	}, nil
}

// validated applies the rules and returns the catalogue's name of the task.
func (s *Service) validated(ctx context.Context, request *UpdateRequest) (name string, err error) {
	request.validate()
	if name, err = s.name(ctx, request); err != nil {
		return "", err
	}
	return name, request.Problems.Err()
}

// time is the present as the store dates it.
func (s *Service) time() time.Time { return s.now().UTC().Truncate(DateResolution) }

// name looks up the task's name in the catalogue. A request that is refused anyway does not report an
// error of the catalogue.
func (s *Service) name(ctx context.Context, request *UpdateRequest) (string, error) {
	if request.TaskID == uuid.Nil {
		return "", nil
	}
	name, found, err := s.catalogue.Name(ctx, request.TaskID)
	switch {
	case err != nil && len(request.Problems) == 0:
		return "", err
	case err == nil && !found:
		request.Problems.addCode(CodeUnknownTask, FieldTaskID,
			"%s cannot be %s, which the task catalogue does not list: send %s.", Quote(request.Name(FieldTaskID)), request.TaskID, FieldTaskID.want)
	}
	return name, nil
}

func (s *Service) token(caller Caller, idempotencyKey string) string {
	return Token(caller, idempotencyKey, s.newID)
}
