package lambdahttp_test

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// memory is a task.Store and a task.CatalogueSource with one account, one task and one catalogue entry.
type memory struct {
	task.Store // only updates are made
	account    string
	task       task.Task
	// applied are the fingerprints of the updates, by token.
	applied map[string]string
}

func (m *memory) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{uuid.MustParse(reportID): "Send scheduled report"}}, nil
}

// Update keeps the promises of task.Store, but for the bound on how many updates are remembered.
func (m *memory) Update(_ context.Context, w task.ConditionalUpdate) (task.Result, error) {
	current := m.task
	fingerprint, repeated := m.applied[w.Token]
	switch {
	case w.AccountID != m.account || w.ID != current.ID:
		return task.Result{}, &task.Error{Code: task.CodeTaskNotFound, Reason: "There is no such task."}
	case repeated && fingerprint != w.Fingerprint:
		return task.Result{}, &task.Error{Code: task.CodeIdempotencyKeyReused, Reason: "The key was used."}
	case repeated:
		return task.Result{Task: current, Replayed: true}, nil
	case len(w.IfMatch) > 0 && !slices.Contains(w.IfMatch, current.Revision), w.NotAtAny, slices.Contains(w.NotAt, current.Revision):
		return task.Result{}, &task.Error{Code: task.CodePreconditionFailed, Reason: "The tag is stale.", Current: &current}
	}
	m.applied[w.Token] = w.Fingerprint
	m.task.Definition, m.task.Name = w.Definition, w.Name
	m.task.DateModified, m.task.LastModifiedBy = w.ModifiedAt, w.ModifiedBy
	m.task.Revision = task.Revision{Version: current.Revision.Version + 1, Token: w.Token}
	if w.Enabled != nil {
		m.task.Enabled = *w.Enabled
	}
	return task.Result{Task: m.task}, nil
}

const (
	reportID    = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
	demoAccount = "11111111-1111-4111-8111-111111111111"
)

// newMemoryHandler serves one task of the demo account from memory, at a time that stands still.
func newMemoryHandler() *lambdahttp.Handler {
	store := &memory{account: demoAccount, applied: map[string]string{}, task: task.Task{
		ID: uuid.MustParse(taskID), Enabled: true, Revision: task.Revision{Version: 3, Token: "Zm9v"},
		Definition: task.Definition{TaskID: uuid.MustParse(reportID), Parameters: "{}", ContentType: task.ContentTypeJSON},
	}}
	now := func() time.Time { return time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC) }
	service := task.NewService(store, task.NewCatalogue(store, now, slog.New(slog.DiscardHandler)), now, uuid.New)
	return lambdahttp.NewHandler(api.New(service, now, telemetry.Discard()))
}
