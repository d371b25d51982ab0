package task

import (
	"context"

	"github.com/google/uuid"
)

// DeleteRequest asks for a task to be deleted.
type DeleteRequest struct {
	ID uuid.UUID
	// IdempotencyKey and the preconditions: as in an UpdateRequest.
	IdempotencyKey string
	IfMatch        []Revision
	NotAt          []Revision
	NotAtAny       bool
}

// Delete deletes a task of the caller's account and returns it as it was (contract section 5.19). The error is one of
// Store.Delete.
func (s *Service) Delete(ctx context.Context, caller Caller, request DeleteRequest) (Result, error) {
	return s.store.Delete(ctx, Deletion{
		AccountID:   caller.AccountID(),
		ID:          request.ID,
		DeletedAt:   s.time(),
		Token:       s.token(caller, request.IdempotencyKey),
		Fingerprint: Fingerprint("delete"),
		Keyed:       request.IdempotencyKey != "",
		IfMatch:     request.IfMatch,
		NotAt:       request.NotAt,
		NotAtAny:    request.NotAtAny,
	})
}
