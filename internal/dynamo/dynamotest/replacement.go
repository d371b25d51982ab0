package dynamotest

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

func replacesDefinition(t *testing.T, e engine) {
	before := e.put(t, stored())
	whole, bare := e.write(before.ID), e.write(before.ID)
	whole.Definition.StartDate, whole.Definition.FinishDate = day(5), day(6)
	whole.Definition.Notification = task.NotificationOnFailure
	for i, w := range []task.ConditionalUpdate{whole, bare} {
		got := e.apply(t, w)
		if got.Replayed {
			t.Error("a first write was taken for a repeat")
		}
		if !reflect.DeepEqual(got.Task.Definition, w.Definition) {
			t.Errorf("got the definition %+v, want %+v", got.Task.Definition, w.Definition)
		}
		if want := (task.Revision{Version: int64(2 + i), Token: w.Token}); got.Task.Revision != want {
			t.Errorf("got the revision %+v, want %+v", got.Task.Revision, want)
		}
	}
}

func keepsTheRest(t *testing.T, e engine) {
	before := e.put(t, stored())
	w := e.write(before.ID)
	want := before
	want.Definition, want.Name = w.Definition, w.Name
	want.DateModified, want.LastModifiedBy = w.ModifiedAt, w.ModifiedBy
	want.Revision = task.Revision{Version: 2, Token: w.Token}
	if got := e.apply(t, w).Task; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func keepsEnabled(t *testing.T, e engine) {
	before := e.put(t, stored())
	off := false
	for _, step := range []struct {
		sent *bool
		want bool
	}{{nil, true}, {&off, false}, {nil, false}} {
		w := e.write(before.ID)
		w.Enabled = step.sent
		if got := e.apply(t, w).Task.Enabled; got != step.want {
			t.Errorf("got Enabled %t, want %t", got, step.want)
		}
	}
}

func keepsLargeText(t *testing.T, e engine) {
	before := e.put(t, stored())
	w := e.write(before.ID)
	w.Definition.Parameters = `"` + strings.Repeat("é😀\r\n<&>", task.ParametersLimit/15) + `"`
	if got := e.apply(t, w).Task.Parameters; got != w.Definition.Parameters {
		t.Errorf("got %d bytes back that differ from the %d written", len(got), len(w.Definition.Parameters))
	}
}

func updatesForeignItem(t *testing.T, e engine) {
	id := stored().ID
	e.putItem(t, bareItem(e, id))
	stale := e.write(id)
	stale.IfMatch = []task.Revision{{Version: 1, Token: "x"}}
	current := e.refuse(t, stale, task.CodePreconditionFailed).Current
	if current.ID != id || !current.Enabled {
		t.Errorf("got the task %s enabled %t, want %s enabled", current.ID, current.Enabled, id)
	}
	w := e.keyed(id)
	w.IfMatch = []task.Revision{current.Revision}
	if got := e.apply(t, w).Task.Revision; got != (task.Revision{Version: 1, Token: w.Token}) {
		t.Errorf("got the revision %+v, want version 1 with the write's token", got)
	}
	if !e.apply(t, w).Replayed {
		t.Error("a repeat of the first update was applied again")
	}
	e.refuse(t, stale, task.CodePreconditionFailed)
}

// bareItem is the item of a task with only its key.
func bareItem(e engine, id uuid.UUID) map[string]Attribute {
	item := dynamo.TaskItem(e.account, task.Task{ID: id})
	maps.DeleteFunc(item, func(name string, _ Attribute) bool {
		return name != dynamo.PartitionKey && name != dynamo.SortKey
	})
	return item
}
