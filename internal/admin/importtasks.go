package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// taskRow is one line of the file of tasks. Definition is an AccountTaskUpdateRequest in JSON, as a caller
// would send it.
type taskRow struct {
	AccountID, ID, ClientID string
	Definition              json.RawMessage
}

// importTasks registers the file's tasks. A task that is there already stays as it is, so that an import
// which broke off can be run again. The whole file is right, or nothing is written.
func (a *admin) importTasks(ctx context.Context) error {
	given, err := a.required("STACK", "FILE")
	if err != nil {
		return err
	}
	s, err := a.readStack(ctx, given["STACK"])
	if err != nil {
		return err
	}
	catalogue := task.NewCatalogue(dynamo.NewTable(a.table, s.tableName), a.now, slog.New(slog.NewTextHandler(a.out, nil)))
	if err := catalogue.Refresh(ctx); err != nil {
		return err
	}
	r := newRegistrar(catalogue, a)
	err = readLines(given["FILE"], func(row taskRow) error { return r.register(ctx, row) })
	if err != nil {
		return err
	}
	created := 0
	for _, item := range r.items {
		isNew, err := dynamo.PutIfAbsent(ctx, a.table, s.tableName, item)
		if err != nil {
			return fmt.Errorf("put a task, after %d others (importing the file again does no harm): %w", created, err)
		}
		if isNew {
			created++
		}
	}
	a.say("%d tasks are imported; %d were there already and stay as they are.", created, len(r.items)-created)
	return nil
}

// registrar turns rows into items. It stands in the store's place behind the service, so that what is
// imported keeps every rule that an update keeps.
type registrar struct {
	task.Store // only updates are made
	service    *task.Service
	client     uuid.UUID // of the row at hand
	items      []map[string]types.AttributeValue
	seen       map[string]bool
}

func newRegistrar(catalogue *task.Catalogue, a *admin) *registrar {
	r := &registrar{seen: map[string]bool{}}
	r.service = task.NewService(r, catalogue, a.now, uuid.New)
	return r
}

func (r *registrar) register(ctx context.Context, row taskRow) error {
	if err := task.CheckAccountID(row.AccountID); err != nil {
		return err
	}
	var ok bool
	if r.client, ok = uuid.Nil, true; row.ClientID != "" {
		r.client, ok = wire.ParseGUID(row.ClientID)
	}
	if !ok {
		return fmt.Errorf("ClientID %q is no GUID", row.ClientID)
	}
	draft, err := wire.Read(wire.Body{Bytes: row.Definition, ContentType: task.ContentTypeJSON})
	if err != nil {
		return fmt.Errorf("the Definition: %w", err)
	}
	if draft.ID, ok = wire.ParseGUID(row.ID); !ok || draft.ID == uuid.Nil {
		draft.Problems.AddInvalid(task.FieldID, "ID", task.QuoteValue(row.ID))
	}
	_, err = r.service.Update(ctx, task.NewCaller(row.AccountID, "", ""), draft)
	return err
}

// Update implements task.Store: it notes the task as its registration leaves it.
func (r *registrar) Update(_ context.Context, w task.ConditionalUpdate) (task.Result, error) {
	place := w.AccountID + " " + w.ID.String()
	if r.seen[place] {
		return task.Result{}, fmt.Errorf("task %s of account %s is there twice", w.ID, w.AccountID)
	}
	r.seen[place] = true
	registered := task.Task{
		ID: w.ID, Definition: w.Definition, Name: w.Name, Enabled: w.Enabled == nil || *w.Enabled,
		DateCreated: w.ModifiedAt, DateModified: w.ModifiedAt, ClientID: r.client,
		Revision: task.Revision{Version: 1, Token: w.Token},
	}
	r.items = append(r.items, dynamo.TaskItem(w.AccountID, registered))
	return task.Result{Task: registered}, nil
}
