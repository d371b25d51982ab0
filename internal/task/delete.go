package task

import (
	"context"

	"github.com/google/uuid"
)

// DeleteRequest asks for a task to be deleted.
type DeleteRequest struct {
	ID uuid.UUID
	// IdempotencyKey and the guards: as for an UpdateRequest.
	IdempotencyKey string
	IfMatch        []Revision
	NotAt          []Revision
	NotAtAny       bool
}

// Delete deletes a task of the caller's account and gives it as it was (contract section 5.19). The error is one of
// Store.Delete.
func (s *Service) Delete(ctx context.Context, caller Caller, d DeleteRequest) (Result, error) {
	return s.store.Delete(ctx, Deletion{
		AccountID:   caller.AccountID(),
		ID:          d.ID,
		DeletedAt:   s.time(),
		Token:       s.token(caller, d.IdempotencyKey),
		Fingerprint: Fingerprint("delete"),
		Keyed:       d.IdempotencyKey != "",
		IfMatch:     d.IfMatch,
		NotAt:       d.NotAt,
		NotAtAny:    d.NotAtAny,
	})
}
