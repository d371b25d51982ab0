package task

import (
	"context"

	"github.com/google/uuid"
)

// Imported is a task from another system.
type Imported struct {
	AccountID string
	// ClientID is the client that registered the task; the zero GUID where unknown.
	ClientID uuid.UUID
	// UpdateRequest is the task, with the ID that it has in that system.
	UpdateRequest
}

// ValidateImport checks an imported task by the rules of Register and writes nothing. The error is one of Problems.Err, or
// of the catalogue.
func (s *Service) ValidateImport(ctx context.Context, i Imported) (Registration, error) {
	request := i.UpdateRequest
	name, err := s.validated(ctx, &request)
	if err != nil {
		return Registration{}, err
	}
	created := s.newTask(request, name, freshToken(s.newID()))
	created.ClientID = i.ClientID
	// By the token the store distinguishes another registration's item from this one's, whose answer was lost.
	return Registration{AccountID: i.AccountID, Task: created, Fingerprint: digest("import", request.fingerprint()), Keyed: true}, nil
}

// Import registers an imported task. Where the account has a task with its ID, or had it within the last day, it
// changes nothing and created is false. The error is one of the table's own.
func (s *Service) Import(ctx context.Context, r Registration) (created bool, err error) {
	_, err = s.store.Register(ctx, r)
	if err == nil {
		return true, nil
	}
	switch AsError(err).Code {
	case CodeIdempotencyKeyReused, CodeTaskNotFound:
		return false, nil
	}
	return false, err
}
