package task

import (
	"context"

	"github.com/google/uuid"
)

// Imported is a task that another system hands over.
type Imported struct {
	AccountID string
	// ClientID is the client that registered the task; the zero GUID where unknown.
	ClientID uuid.UUID
	// UpdateRequest is the task under the ID that it has there.
	UpdateRequest
}

// JudgeImport judges an imported task by the rules of Register and writes nothing. The error is one of Problems.Err, or
// of the catalogue.
func (s *Service) JudgeImport(ctx context.Context, i Imported) (Registration, error) {
	d := i.UpdateRequest
	name, err := s.judge(ctx, &d)
	if err != nil {
		return Registration{}, err
	}
	created := s.newTask(d, name, freshToken(s.newID()))
	created.ClientID = i.ClientID
	// The store tells an item of another registration from the one that a lost answer has left, by the token.
	return Registration{AccountID: i.AccountID, Task: created, Fingerprint: digest("import", d.fingerprint()), Keyed: true}, nil
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
