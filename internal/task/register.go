package task

import (
	"context"

	"github.com/google/uuid"
)

// Register judges the request and, if the rules allow it, registers a new task on the caller's account. The ID of
// the request, and what guards an update, are left aside. A repeat with the same idempotency key finds the task
// that the first one registered (contract section 5.16). The error is one of Problems.Err for what the rules
// refuse, else one of Store.Register.
func (s *Service) Register(ctx context.Context, caller Caller, d UpdateRequest) (Result, error) {
	r, err := s.registration(ctx, caller, d)
	if err != nil {
		return Result{}, err
	}
	return s.store.Register(ctx, r)
}

// ValidateRegistration judges the request as Register would, changes nothing and uses up no key. It gives the task
// as it would be, with the zero GUID and without a revision (contract section 5.27). Errors are those of Register.
func (s *Service) ValidateRegistration(ctx context.Context, caller Caller, d UpdateRequest) (Result, error) {
	r, err := s.registration(ctx, caller, d)
	if err != nil {
		return Result{}, err
	}
	return s.store.TryRegister(ctx, r)
}

func (s *Service) registration(ctx context.Context, caller Caller, d UpdateRequest) (Registration, error) {
	name, err := s.judge(ctx, &d)
	if err != nil {
		return Registration{}, err
	}
	created := s.newTask(d, name, s.token(caller, d.IdempotencyKey))
	created.ID = s.newTaskID(caller, d.IdempotencyKey)
	created.LastModifiedBy, created.ClientID = caller.UserID(), clientGUID(caller.ClientID())
	return Registration{
		AccountID:   caller.AccountID(),
		Task:        created,
		Fingerprint: digest("register", d.fingerprint()),
		Keyed:       d.IdempotencyKey != "",
	}, nil
}

// newTask is a task as it is registered now.
func (s *Service) newTask(d UpdateRequest, name, token string) Task {
	now := s.time()
	return Task{
		ID:           d.ID,
		Definition:   d.Definition,
		Name:         name,
		Enabled:      d.Enabled == nil || *d.Enabled,
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

// newTaskID is random, or made of client and key, so that a repeat comes to the same task.
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
