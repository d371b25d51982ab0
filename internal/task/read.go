package task

import (
	"context"

	"github.com/google/uuid"
)

// Read returns a task of the caller's account. The error is one of Store.Read.
func (s *Service) Read(ctx context.Context, caller Caller, id uuid.UUID) (Task, error) {
	return s.store.Read(ctx, caller.AccountID(), id)
}

// The number of tasks on a page (contract section 5.18).
const (
	DefaultCount = 20
	MaxCount     = 100
)

// List returns one page of the caller's tasks: count of them at most, after an ID (zero: from the first), in summary
// without Parameters. The count must be within 1 and MaxCount. The error is one of Store.List.
func (s *Service) List(ctx context.Context, caller Caller, after uuid.UUID, count int, summary bool) (Page, error) {
	return s.store.List(ctx, Listing{AccountID: caller.AccountID(), After: after, Count: count, Summary: summary})
}

// ListCatalogue returns the task catalogue in the order of IDs. The error is one of Catalogue.Name.
func (s *Service) ListCatalogue(ctx context.Context) ([]CatalogueEntry, error) {
	return s.catalogue.Entries(ctx)
}
