package dynamotest

import (
	"reflect"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

func triesUpdates(t *testing.T, e engine) {
	before := e.put(t, stored())
	off := false
	w := e.keyed(before.ID)
	w.Enabled, w.IfMatch = &off, []task.Revision{before.Revision}
	would := before
	would.Definition, would.Name, would.Enabled = w.Definition, w.Name, false
	would.DateModified, would.LastModifiedBy, would.Revision = w.ModifiedAt, w.ModifiedBy, task.Revision{}
	for range 2 {
		if got, err := e.table.TryUpdate(t.Context(), w); err != nil || got.Replayed || !reflect.DeepEqual(got.Task, would) {
			t.Errorf("got %+v and %v, want the task as it would be: %+v", got, err, would)
		}
	}
	current := e.apply(t, w).Task
	if got, err := e.table.TryUpdate(t.Context(), w); err != nil || !got.Replayed || !reflect.DeepEqual(got.Task, current) {
		t.Errorf("a repeat: got %+v and %v, want the task as it is", got, err)
	}
	stale := e.write(before.ID)
	stale.IfMatch = w.IfMatch
	_, err := e.table.TryUpdate(t.Context(), stale)
	want(t, "a stale revision", err, task.CodePreconditionFailed)
	w.Fingerprint = "another update"
	_, err = e.table.TryUpdate(t.Context(), w)
	want(t, "a used key", err, task.CodeIdempotencyKeyReused)
}

func triesRegistrations(t *testing.T, e engine) {
	r := e.registration()
	would := r.Task
	would.ID, would.Revision = uuid.Nil, task.Revision{}
	for range 2 {
		if got, err := e.table.TryRegister(t.Context(), r); err != nil || got.Replayed || !reflect.DeepEqual(got.Task, would) {
			t.Errorf("got %+v and %v, want the task as it would be: %+v", got, err, would)
		}
	}
	if item := e.item(t, dynamo.TaskItem(e.account, r.Task)); len(item) > 0 {
		t.Errorf("got the item %v, want none", item)
	}
	e.register(t, r)
	if got, err := e.table.TryRegister(t.Context(), r); err != nil || !got.Replayed {
		t.Errorf("a repeat: got %+v and %v", got, err)
	}
	r.Fingerprint = "another registration"
	_, err := e.table.TryRegister(t.Context(), r)
	want(t, "a used key", err, task.CodeIdempotencyKeyReused)
}
