package lambdahttp_test

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// memory is a task.Store and a task.CatalogueSource with one account and one catalogue entry.
type memory struct {
	account string
	tasks   map[uuid.UUID]task.Task
	// applied are the fingerprints of the changes, by token.
	applied map[string]string
}

func (m *memory) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{uuid.MustParse(reportID): "Send scheduled report"}}, nil
}

// Update keeps the promises of task.Store, and remembers every update.
func (m *memory) Update(ctx context.Context, w task.ConditionalUpdate) (task.Result, error) {
	result, err := m.TryUpdate(ctx, w)
	if err != nil || result.Replayed {
		return result, err
	}
	m.applied[w.Token] = w.Fingerprint
	result.Task.Revision = task.Revision{Version: m.tasks[w.ID].Revision.Version + 1, Token: w.Token}
	m.tasks[w.ID] = result.Task
	return result, nil
}

func (m *memory) TryUpdate(ctx context.Context, w task.ConditionalUpdate) (task.Result, error) {
	current, repeated, err := m.judge(ctx, w)
	if err != nil || repeated {
		return task.Result{Task: current, Replayed: repeated}, err
	}
	current.Definition, current.Name = w.Definition, w.Name
	current.DateModified, current.LastModifiedBy, current.Revision = w.ModifiedAt, w.ModifiedBy, task.Revision{}
	if w.Enabled != nil {
		current.Enabled = *w.Enabled
	}
	return task.Result{Task: current}, nil
}

// judge returns the store's answer to a change, and the present task.
func (m *memory) judge(ctx context.Context, w task.ConditionalUpdate) (current task.Task, repeated bool, err error) {
	if current, err = m.Read(ctx, w.AccountID, w.ID); err != nil {
		return current, false, err
	}
	fingerprint, repeated := m.applied[w.Token]
	switch {
	case repeated && fingerprint != w.Fingerprint:
		err = &task.Error{Code: task.CodeIdempotencyKeyReused, Reason: "The key was used."}
	case repeated:
	case len(w.IfMatch) > 0 && !slices.Contains(w.IfMatch, current.Revision), w.NotAtAny, slices.Contains(w.NotAt, current.Revision):
		err = &task.Error{Code: task.CodePreconditionFailed, Reason: "The tag is stale.", Current: &current}
	}
	return current, repeated, err
}

func (m *memory) Register(_ context.Context, r task.Registration) (task.Result, error) {
	m.tasks[r.Task.ID] = r.Task
	return task.Result{Task: r.Task}, nil
}

func (m *memory) TryRegister(_ context.Context, r task.Registration) (task.Result, error) {
	r.Task.ID, r.Task.Revision = uuid.Nil, task.Revision{}
	return task.Result{Task: r.Task}, nil
}

func (m *memory) Read(_ context.Context, accountID string, id uuid.UUID) (task.Task, error) {
	if current, found := m.tasks[id]; found && accountID == m.account {
		return current, nil
	}
	return task.Task{}, &task.Error{Code: task.CodeTaskNotFound, Reason: "There is no such task."}
}

func (m *memory) List(context.Context, task.Listing) (task.Page, error) {
	return task.Page{Tasks: slices.Collect(maps.Values(m.tasks)), More: true, Next: uuid.Max}, nil
}

func (m *memory) Delete(ctx context.Context, d task.Deletion) (task.Result, error) {
	current, _, err := m.judge(ctx, task.ConditionalUpdate{AccountID: d.AccountID, ID: d.ID, IfMatch: d.IfMatch, NotAt: d.NotAt, NotAtAny: d.NotAtAny})
	if err == nil {
		delete(m.tasks, d.ID)
	}
	return task.Result{Task: current}, err
}

const (
	reportID    = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
	demoAccount = "11111111-1111-4111-8111-111111111111"
)

// newMemoryHandler serves one task of the demo account from memory, at a fixed time.
func newMemoryHandler() *lambdahttp.Handler {
	store := &memory{account: demoAccount, applied: map[string]string{}, tasks: map[uuid.UUID]task.Task{uuid.MustParse(taskID): {
		ID: uuid.MustParse(taskID), Enabled: true, Revision: task.Revision{Version: 3, Token: "Zm9v"},
		Definition: task.Definition{TaskID: uuid.MustParse(reportID), Parameters: "{}", ContentType: task.ContentTypeJSON},
	}}}
	now := func() time.Time { return time.Date(2026, time.June, 4, 3, 45, 3, 0, time.UTC) }
	service := task.NewService(store, task.NewCatalogue(store, now, slog.New(slog.DiscardHandler)), now, uuid.New)
	return lambdahttp.NewHandler(api.New(clienttest.Only{Caller: demoCaller}, service, now, telemetry.Discard()))
}
