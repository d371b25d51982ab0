package dynamo

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Register implements task.Store with one UpdateItem.
func (t *Table) Register(ctx context.Context, r task.Registration) (task.Result, error) {
	o, err := t.updateItem(ctx, taskKey(r.AccountID, r.Task.ID), registrationOf(r), outcomeUnknown)
	switch {
	case err != nil:
		return task.Result{}, err
	case o.applied:
		return task.Result{Task: t.read(ctx, o.item)}, nil
	}
	return t.registered(ctx, o, r)
}

// TryRegister implements task.Store.
func (t *Table) TryRegister(ctx context.Context, r task.Registration) (task.Result, error) {
	current, err := t.getItem(ctx, taskKey(r.AccountID, r.Task.ID))
	switch {
	case err != nil:
		return task.Result{}, err
	case len(current) > 0:
		return t.registered(ctx, outcome{item: current}, r)
	}
	would := r.Task
	would.ID, would.Revision = uuid.Nil, task.Revision{}
	return task.Result{Task: would}, nil
}

// registrationOf returns a write that creates the task unless there is an item.
func registrationOf(r task.Registration) expression {
	written := TaskItem(r.AccountID, r.Task)
	written[attrPrints[0]] = text(r.Fingerprint)
	written[attrRegistered] = text(r.Task.Revision.Token + " " + r.Fingerprint)
	// The runner looks at the task next.
	created := date(r.Task.DateCreated)
	written[DueAt], written[DueShard], written[attrLastEdit], written[attrEdited] = created, shardOf(r.Task.ID), created, created
	if !r.Task.Enabled {
		// No look has found it disabled yet: once it is enabled, what lies before is not run.
		written[attrOff] = created
	}
	delete(written, PartitionKey)
	delete(written, SortKey)
	e := expression{
		condition: "attribute_not_exists(#pk)",
		names:     map[string]string{"#pk": PartitionKey},
		values:    make(item, len(written)+2),
	}
	assignments := make([]string, 0, len(written))
	for name, value := range written {
		e.names["#"+name], e.values[":"+name] = name, value
		assignments = append(assignments, "#"+name+" = :"+name)
	}
	if r.Keyed {
		// An update or a delete under the registration's key is refused, however many updates come between.
		e.names["#mark"], e.values[":mark"] = markPrefix+r.Task.Revision.Token, markValue(r.Fingerprint, r.Task.DateCreated)
		assignments = append(assignments, "#mark = :mark")
	}
	e.update = "SET " + strings.Join(assignments, ", ")
	return e
}

// registered returns the result of a registration whose task has an item already.
func (t *Table) registered(ctx context.Context, o outcome, r task.Registration) (task.Result, error) {
	token, print, _ := strings.Cut(textOf(o.item[attrRegistered]), " ")
	switch {
	case token != r.Task.Revision.Token && !r.Keyed:
		return task.Result{}, fmt.Errorf("register task %s: its random ID is another task's", r.Task.ID)
	case token != r.Task.Revision.Token || print != r.Fingerprint:
		return task.Result{}, keyReused()
	case o.item[attrDeleted] != nil:
		return task.Result{}, notFound(r.Task.ID)
	}
	now := t.read(ctx, o.item)
	own := !r.Keyed || o.unknown && now.DateCreated.Equal(r.Task.DateCreated)
	return task.Result{Task: now, Replayed: !own}, nil
}
