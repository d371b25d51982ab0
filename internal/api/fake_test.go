package api_test

import (
	"context"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// updater is an api.Tasks with given answers, which keeps its requests. Like the service, it refuses a request with
// problems.
type updater struct {
	result  task.Result
	page    task.Page
	entries []task.CatalogueEntry
	err     error

	called    []string // the methods, in turn
	caller    task.Caller
	drafts    []task.UpdateRequest
	deletions []task.DeleteRequest
	listings  []task.Listing
	ids       []uuid.UUID
}

func (u *updater) draft(method string, c task.Caller, d task.UpdateRequest) (task.Result, error) {
	u.called, u.caller, u.drafts = append(u.called, method), c, append(u.drafts, d)
	if err := d.Problems.Err(); err != nil {
		return task.Result{}, err
	}
	return u.result, u.err
}

func (u *updater) Update(_ context.Context, c task.Caller, d task.UpdateRequest) (task.Result, error) {
	return u.draft("Update", c, d)
}

func (u *updater) ValidateUpdate(_ context.Context, c task.Caller, d task.UpdateRequest) (task.Result, error) {
	return u.draft("ValidateUpdate", c, d)
}

func (u *updater) Register(_ context.Context, c task.Caller, d task.UpdateRequest) (task.Result, error) {
	return u.draft("Register", c, d)
}

func (u *updater) ValidateRegistration(_ context.Context, c task.Caller, d task.UpdateRequest) (task.Result, error) {
	return u.draft("ValidateRegistration", c, d)
}

func (u *updater) Delete(_ context.Context, c task.Caller, d task.DeleteRequest) (task.Result, error) {
	u.called, u.caller, u.deletions = append(u.called, "Delete"), c, append(u.deletions, d)
	return u.result, u.err
}

func (u *updater) Read(_ context.Context, c task.Caller, id uuid.UUID) (task.Task, error) {
	u.called, u.caller, u.ids = append(u.called, "Read"), c, append(u.ids, id)
	return u.result.Task, u.err
}

func (u *updater) List(_ context.Context, c task.Caller, after uuid.UUID, count int, summary bool) (task.Page, error) {
	u.called, u.caller = append(u.called, "List"), c
	u.listings = append(u.listings, task.Listing{After: after, Count: count, Summary: summary})
	return u.page, u.err
}

func (u *updater) ListCatalogue(context.Context) ([]task.CatalogueEntry, error) {
	u.called = append(u.called, "ListCatalogue")
	return u.entries, u.err
}
