package dynamotest

import (
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

func refusesUnknown(t *testing.T, e engine) {
	w := e.write(uuid.New())
	e.refuse(t, w, task.CodeTaskNotFound)
	if got := e.item(t, dynamo.TaskItem(e.account, task.Task{ID: w.ID})); len(got) > 0 {
		t.Errorf("got an item %v, want none", got)
	}
}

func refusesOtherAccounts(t *testing.T, e engine) {
	theirs := e.put(t, stored())
	item := dynamo.TaskItem(e.account, theirs)
	before := e.item(t, item)
	mine := e.onAccount()
	w := mine.write(theirs.ID)
	w.IfMatch = []task.Revision{theirs.Revision}
	mine.refuse(t, w, task.CodeTaskNotFound)
	if after := e.item(t, item); !sameItem(before, after) {
		t.Errorf("the other account's item changed from %v to %v", before, after)
	}
}

func appliesAtRevision(t *testing.T, e engine) {
	before := e.put(t, stored())
	w := e.write(before.ID)
	w.IfMatch = []task.Revision{before.Revision}
	next := e.write(before.ID)
	next.IfMatch = []task.Revision{e.apply(t, w).Task.Revision}
	if got := e.apply(t, next).Task.Revision.Version; got != 3 {
		t.Errorf("got version %d after two updates of version 1, want 3", got)
	}
}

func refusesStale(t *testing.T, e engine) {
	before := e.put(t, stored())
	current := e.apply(t, e.write(before.ID)).Task
	for name, revision := range map[string]task.Revision{
		"the revision before":                before.Revision,
		"the current version, another token": {Version: current.Revision.Version, Token: before.Revision.Token},
		"another version, the current token": {Version: before.Revision.Version, Token: current.Revision.Token},
		"no revision of this service":        task.NoRevision,
	} {
		w := e.write(before.ID)
		w.IfMatch = []task.Revision{revision}
		refusal := e.refuse(t, w, task.CodePreconditionFailed)
		if refusal.Current == nil || refusal.Current.Revision != current.Revision {
			t.Errorf("%s: got the current task %+v, want it at %+v", name, refusal.Current, current.Revision)
		}
	}
}

func appliesAtOneOfSeveral(t *testing.T, e engine) {
	before := e.put(t, stored())
	w := e.write(before.ID)
	w.IfMatch = []task.Revision{
		task.NoRevision, {Version: 9, Token: "x"}, {Version: 0}, {Version: 7, Token: "y"},
		{Version: 5}, {Version: 0, Token: "z"}, {Version: 6, Token: "w"}, before.Revision,
	}
	e.apply(t, w)
	w.Token = uuid.NewString()
	e.refuse(t, w, task.CodePreconditionFailed)
}

func refusesAtRevisionsToAvoid(t *testing.T, e engine) {
	foreign := stored()
	e.putItem(t, bareItem(e, foreign.ID))
	for name, test := range map[string]struct {
		current task.Task
		avoid   func(*task.ConditionalUpdate)
	}{
		"the current revision":         {e.put(t, stored()), avoidCurrent},
		"every revision":               {e.put(t, stored()), func(w *task.ConditionalUpdate) { w.NotAtAny = true }},
		"that of an item without one":  {foreign, func(w *task.ConditionalUpdate) { w.NotAt = []task.Revision{{}} }},
		"the current one among others": {e.put(t, stored()), func(w *task.ConditionalUpdate) { avoidOthers(w); avoidCurrent(w) }},
	} {
		w := e.write(test.current.ID)
		test.avoid(&w)
		refusal := e.refuse(t, w, task.CodePreconditionFailed)
		if refusal.Current == nil || refusal.Current.ID != test.current.ID {
			t.Errorf("%s: got the current task %+v, want %s", name, refusal.Current, test.current.ID)
		}
	}
}

func appliesAtOtherRevisions(t *testing.T, e engine) {
	w := e.keyed(e.put(t, stored()).ID)
	avoidOthers(&w)
	if e.apply(t, w); !e.apply(t, w).Replayed {
		t.Error("a repeat was applied again")
	}
	w = e.write(uuid.New())
	w.NotAtAny = true
	e.refuse(t, w, task.CodeTaskNotFound)
}

func avoidCurrent(w *task.ConditionalUpdate) { w.NotAt = append(w.NotAt, stored().Revision) }

func avoidOthers(w *task.ConditionalUpdate) {
	is := stored().Revision
	w.NotAt = append(w.NotAt, task.NoRevision, task.Revision{}, task.Revision{Version: is.Version + 1, Token: is.Token},
		task.Revision{Version: is.Version, Token: "another"})
}

func readsCatalogue(t *testing.T, e engine) {
	const entries = 40
	name := strings.Repeat("a long name that fills a page ", 1000)
	want := make(map[uuid.UUID]string, entries)
	for range entries {
		id := uuid.New()
		want[id] = name + id.String()
		e.putItem(t, dynamo.CatalogueItem(id, want[id]))
	}
	got, err := e.table.LoadCatalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range want {
		if got.Names[id] != name {
			t.Fatalf("the entry %s is missing among the %d read of %d", id, len(got.Names), entries)
		}
	}
}

func skipsBadCatalogueRows(t *testing.T, e engine) {
	good := uuid.New()
	e.putItem(t, dynamo.CatalogueItem(good, "good"))
	other := uuid.MustParse("c0ffee11-2233-4455-8899-aabbccddeeff")
	noGUID, noText := dynamo.CatalogueItem(other, "x"), dynamo.CatalogueItem(other, "x")
	noGUID[dynamo.SortKey] = &types.AttributeValueMemberS{Value: "TASK#report"}
	noText["Name"] = &types.AttributeValueMemberN{Value: "1"}
	e.putItem(t, noGUID)
	e.putItem(t, noText)
	got, err := e.table.LoadCatalogue(t.Context())
	if err != nil || len(got.Skipped) != 2 || got.Names[good] != "good" {
		t.Errorf("got %d entries, skipped %v, error %v, want the good row and two skipped", len(got.Names), got.Skipped, err)
	}
}

func seedsOnce(t *testing.T, e engine) {
	before := stored()
	for _, want := range []bool{true, false} {
		created, err := dynamo.PutIfAbsent(t.Context(), e.client, e.name, dynamo.TaskItem(e.account, before))
		if err != nil || created != want {
			t.Fatalf("got created %t and %v, want %t", created, err, want)
		}
		e.apply(t, e.write(before.ID))
	}
	if got := e.apply(t, e.write(before.ID)).Task.Revision.Version; got != 4 {
		t.Errorf("got version %d after three updates of version 1, want 4", got)
	}
}

// isCode reports whether err is a refusal with the code.
func isCode(err error, code task.Code) bool {
	var refusal *task.Error
	return errors.As(err, &refusal) && refusal.Code == code
}
