package dynamotest

import (
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

const tick = task.DateResolution

func text(s string) Attribute { return &types.AttributeValueMemberS{Value: s} }

// datesOnlyGrow updates a task from instances whose clocks are slow or equal.
func datesOnlyGrow(t *testing.T, e engine) {
	before := e.put(t, stored())
	last := before.DateModified
	for _, clock := range []time.Time{day(10), day(10), day(10).Add(-5 * time.Second), day(10).Add(5 * time.Second), day(1)} {
		w := e.write(before.ID)
		w.ModifiedAt = clock
		got := e.apply(t, w).Task.DateModified
		if !got.After(last) || clock.After(last) && !got.Equal(clock) {
			t.Errorf("at %s got the date %s after %s", clock, got, last)
		}
		last = got
	}
}

// countsOnFromTheFuture updates a task whose date an import has set years into the future.
func countsOnFromTheFuture(t *testing.T, e engine) {
	before := stored()
	before.DateModified = day(1).AddDate(70, 0, 0)
	e.put(t, before)
	w := e.keyed(before.ID)
	for range 2 {
		if got := e.apply(t, w).Task.DateModified; !got.Equal(before.DateModified.Add(tick)) {
			t.Errorf("got the date %s, want the first one after %s", got, before.DateModified)
		}
	}
}

// replacesForeignDates updates items with a date that another program has written.
func replacesForeignDates(t *testing.T, e engine) {
	for name, foreign := range map[string]Attribute{
		"with Z":         text("2026-06-30T03:45:03Z"),
		"no date at all": text("yesterday"),
		"empty":          text(""),
		"a number":       &types.AttributeValueMemberN{Value: "1780545903"},
		"null":           &types.AttributeValueMemberNULL{Value: true},
		"a list":         &types.AttributeValueMemberL{Value: []Attribute{text("2026")}},
		"the last date":  text("9999-12-31T23:59:59.9999999+00:00"),
	} {
		before := stored()
		item := dynamo.TaskItem(e.account, before)
		item["DateModified"] = foreign
		e.putItem(t, item)
		w := e.keyed(before.ID)
		w.IfMatch = []task.Revision{before.Revision}
		if got := e.apply(t, w).Task.DateModified; !got.Equal(w.ModifiedAt) {
			t.Errorf("%s: got the date %s, want the update's own %s", name, got, w.ModifiedAt)
		}
		if !e.apply(t, w).Replayed {
			t.Errorf("%s: a repeat of the first update was applied again", name)
		}
		if got := e.othersUpdate(t, before.ID, registerUpdates).Revision.Version; got != 2+registerUpdates {
			t.Errorf("%s: got version %d after %d more updates of version 2", name, got, registerUpdates)
		}
	}
}

// registerUpdates is how many updates push all earlier entries out of the register.
const registerUpdates = 5

// updatesItemsWithoutDates updates an item as it was written before updates left their dates in the register.
func updatesItemsWithoutDates(t *testing.T, e engine) {
	before := stored()
	item := dynamo.TaskItem(e.account, before)
	for _, name := range []string{"1", "2", "3"} {
		item["W"+name], item["F"+name] = text("token"+name), text("print"+name)
	}
	delete(item, "DateModified")
	e.putItem(t, item)
	known := e.keyed(before.ID)
	known.Token, known.Fingerprint = "token3", "print3"
	if !e.apply(t, known).Replayed {
		t.Error("an update in the register was applied again")
	}
	if got := e.othersUpdate(t, before.ID, 2*registerUpdates); got.Revision.Version != 1+2*registerUpdates {
		t.Errorf("got version %d after %d updates of version 1", got.Revision.Version, 2*registerUpdates)
	}
}

// readsForeignAttributes updates an item with attributes that cannot be read.
func readsForeignAttributes(t *testing.T, e engine) {
	before := stored()
	item := dynamo.TaskItem(e.account, before)
	item["LastRunOn"], item["DateCreated"] = text("10000-01-01T00:00:00+00:00"), &types.AttributeValueMemberN{Value: "7"}
	item["ClientID"], item["Enabled"], item["LastRunBy"] = text("me"), text("yes"), &types.AttributeValueMemberBOOL{Value: true}
	item["Definition"] = text("none")
	e.putItem(t, item)
	stale := e.write(before.ID)
	stale.IfMatch = []task.Revision{task.NoRevision}
	if current := e.refuse(t, stale, task.CodePreconditionFailed).Current; current.ID != before.ID || !current.LastRunOn.IsZero() {
		t.Errorf("got the current task %+v", current)
	}
	if got := e.apply(t, e.write(before.ID)).Task; got.Revision.Version != 2 || !got.LastRunOn.IsZero() || !got.Enabled {
		t.Errorf("got %+v, want it updated, what cannot be read being left out", got)
	}
}

// hidesDeleted updates a task that is marked as deleted.
func hidesDeleted(t *testing.T, e engine) {
	before := stored()
	item := dynamo.TaskItem(e.account, before)
	item["Deleted"] = text("x")
	e.putItem(t, item)
	w := e.write(before.ID)
	w.IfMatch = []task.Revision{before.Revision}
	e.refuse(t, w, task.CodeTaskNotFound)
	if after := e.item(t, item); !sameItem(item, after) {
		t.Errorf("the item changed from %v to %v", item, after)
	}
}
