package task

import (
	"context"

	"github.com/google/uuid"
)

// Register checks the request and, if the rules allow it, registers a new task on the caller's account. The ID of
// the request and its preconditions are ignored. A repeat with the same idempotency key finds the task
// that the first one registered (contract section 5.16). The error is one of Problems.Err where a rule
// refuses the request, else one of Store.Register.
func (s *Service) Register(ctx context.Context, caller Caller, request UpdateRequest) (Result, error) {
	r, err := s.registration(ctx, caller, request)
	if err != nil {
		return Result{}, err
	}
	return s.store.Register(ctx, r)
}

// ValidateRegistration checks the request as Register would. It changes nothing and uses no key. It returns the task
// as it would be, with the zero GUID and without a revision (contract section 5.27). Errors are those of Register.
func (s *Service) ValidateRegistration(ctx context.Context, caller Caller, request UpdateRequest) (Result, error) {
	r, err := s.registration(ctx, caller, request)
	if err != nil {
		return Result{}, err
	}
	return s.store.TryRegister(ctx, r)
}

func (s *Service) registration(ctx context.Context, caller Caller, request UpdateRequest) (Registration, error) {
	name, err := s.validated(ctx, &request)
	if err != nil {
		return Registration{}, err
	}
	created := s.newTask(request, name, s.token(caller, request.IdempotencyKey))
	created.ID = s.newTaskID(caller, request.IdempotencyKey)
	created.LastModifiedBy, created.ClientID = caller.UserID(), clientGUID(caller.ClientID())
	return Registration{
		AccountID:   caller.AccountID(),
		Task:        created,
		Fingerprint: digest("register", request.fingerprint()),
		Keyed:       request.IdempotencyKey != "",
	}, nil
}

// newTask is a task as it is registered now.
func (s *Service) newTask(request UpdateRequest, name, token string) Task {
	now := s.time()
	return Task{
		ID:           request.ID,
		Definition:   request.Definition,
		Name:         name,
		Enabled:      request.Enabled == nil || *request.Enabled,
		DateCreated:  now,
		DateModified: now,
		Revision:     Revision{Version: 1, Token: token},
	}
}

// The namespaces of the GUIDs that are made of names, as UUIDv5 (RFC 9562, 5.5).
var (
	taskNamespace   = uuid.MustParse("0e6a1f3c-7b52-4d8e-9a41-c2f60b9d7e15")
	clientNamespace = uuid.MustParse("5d2c8e47-19fb-4a60-8c3d-e7b4a05f6192")
)

// newTaskID is random, or made of client and key, so that a repeat gets the same id.
func (s *Service) newTaskID(caller Caller, idempotencyKey string) uuid.UUID {
	if idempotencyKey == "" {
		return s.newID()
	}
	return uuid.NewSHA1(taskNamespace, []byte(caller.ClientID()+"\x00"+idempotencyKey))
}

// clientGUID is the client's id where that is a GUID, else one made of it.
func clientGUID(clientID string) uuid.UUID {
	const hyphenated = 36
	if id, err := uuid.Parse(clientID); err == nil && len(clientID) == hyphenated {
		return id
	}
	return uuid.NewSHA1(clientNamespace, []byte(clientID))
}
