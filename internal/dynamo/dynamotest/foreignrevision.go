package dynamotest

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

func numeral(n string) Attribute { return &types.AttributeValueMemberN{Value: n} }

// foreignRevisions are versions and tokens that this service does not write: an operator's edit or another program's
// import has. A part that cannot be read is 0 or empty.
var foreignRevisions = map[string]struct {
	attributes map[string]Attribute
	reads      func(task.Revision) task.Revision
}{
	"a version as text":          {map[string]Attribute{"Version": text("3")}, withoutVersion},
	"a version that is null":     {map[string]Attribute{"Version": &types.AttributeValueMemberNULL{Value: true}}, withoutVersion},
	"a version that is a list":   {map[string]Attribute{"Version": &types.AttributeValueMemberL{Value: []Attribute{text("3")}}}, withoutVersion},
	"a version below 0":          {map[string]Attribute{"Version": numeral("-3")}, withoutVersion},
	"a version of 20 digits":     {map[string]Attribute{"Version": numeral("30000000000000000000")}, withoutVersion},
	"a version of a fraction":    {map[string]Attribute{"Version": numeral("0.5")}, withoutVersion},
	"a token that is a number":   {map[string]Attribute{"W0": numeral("7")}, withoutToken},
	"a token that is null":       {map[string]Attribute{"W0": &types.AttributeValueMemberNULL{Value: true}}, withoutToken},
	"no version":                 {map[string]Attribute{"Version": nil}, withoutVersion},
	"no token":                   {map[string]Attribute{"W0": nil}, withoutToken},
	"neither that could be read": {map[string]Attribute{"Version": text("3"), "W0": numeral("7")}, func(task.Revision) task.Revision { return task.Revision{} }},
	"a date that cannot be read": {map[string]Attribute{"Version": text("3"), "DateModified": text("yesterday")}, withoutVersion},
}

func withoutVersion(r task.Revision) task.Revision { return task.Revision{Token: r.Token} }

func withoutToken(r task.Revision) task.Revision { return task.Revision{Version: r.Version} }

// eachForeignRevision checks a task with every foreign revision, which a read shows as shown.
func (e engine) eachForeignRevision(t *testing.T, check func(t *testing.T, id uuid.UUID, shown task.Revision)) {
	for name, foreign := range foreignRevisions {
		t.Run(name, func(t *testing.T) {
			before := stored()
			item := dynamo.TaskItem(e.account, before)
			for attribute, value := range foreign.attributes {
				if item[attribute] = value; value == nil {
					delete(item, attribute)
				}
			}
			e.putItem(t, item)
			read, err := e.table.Read(t.Context(), e.account, before.ID)
			if shown := foreign.reads(before.Revision); err != nil || read.Revision != shown || read.Name != before.Name {
				t.Fatalf("got %+v and %v, want the task read at %+v", read, err, shown)
			}
			check(t, before.ID, read.Revision)
		})
	}
}

// updatesForeignRevisions updates such a task twice, without preconditions and at the revision that the answer shows.
func updatesForeignRevisions(t *testing.T, e engine) {
	e.eachForeignRevision(t, func(t *testing.T, id uuid.UUID, _ task.Revision) {
		first := e.write(id)
		got := e.apply(t, first).Task
		if got.Revision.Token != first.Token || got.Name != first.Name {
			t.Errorf("got %+v, want the update applied", got)
		}
		next := e.keyed(id)
		next.IfMatch = []task.Revision{got.Revision}
		second := e.apply(t, next).Task.Revision
		if second.Token != next.Token || second.Version < 1 {
			t.Errorf("got the revision %+v, want a version with the update's token", second)
		}
		if !e.apply(t, next).Replayed {
			t.Error("a repeat was applied again")
		}
		if last := e.othersUpdate(t, id, registerUpdates).Revision.Version; last != second.Version+registerUpdates {
			t.Errorf("got version %d after %d more updates of version %d", last, registerUpdates, second.Version)
		}
		stale := e.write(id)
		stale.IfMatch = []task.Revision{second}
		e.refuse(t, stale, task.CodePreconditionFailed)
	})
}

// guardsForeignRevisions compares the revision that a read shows with preconditions.
func guardsForeignRevisions(t *testing.T, e engine) {
	e.eachForeignRevision(t, func(t *testing.T, id uuid.UUID, shown task.Revision) {
		another := task.Revision{Version: 9, Token: "another"}
		refused := map[string]task.ConditionalUpdate{
			"at another revision":     {IfMatch: []task.Revision{another, {Version: shown.Version, Token: "x"}}},
			"at the one to avoid":     {NotAt: []task.Revision{another, shown}},
			"with all to avoid":       {NotAtAny: true},
			"at no revision we write": {IfMatch: []task.Revision{task.NoRevision}},
		}
		for name, guards := range refused {
			w := e.write(id)
			w.IfMatch, w.NotAt, w.NotAtAny = guards.IfMatch, guards.NotAt, guards.NotAtAny
			if current := e.refuse(t, w, task.CodePreconditionFailed).Current; current == nil || current.Revision != shown {
				t.Errorf("%s: got the current task %+v, want it at %+v", name, current, shown)
			}
			_, err := e.table.TryUpdate(t.Context(), w)
			want(t, name+", tried", err, task.CodePreconditionFailed)
			d := e.deletion(id)
			d.IfMatch, d.NotAt, d.NotAtAny = guards.IfMatch, guards.NotAt, guards.NotAtAny
			_, err = e.table.Delete(t.Context(), d)
			want(t, name+", a delete", err, task.CodePreconditionFailed)
		}
		w := e.keyed(id)
		w.IfMatch, w.NotAt = []task.Revision{another, shown}, []task.Revision{another, task.NoRevision}
		if _, err := e.table.TryUpdate(t.Context(), w); err != nil {
			t.Errorf("an update that is tried at the revision shown: %v", err)
		}
		e.apply(t, w)
		if !e.apply(t, w).Replayed {
			t.Error("a repeat was applied again")
		}
	})
}

// deletesForeignRevisions deletes such a task at the revision that a read shows, once.
func deletesForeignRevisions(t *testing.T, e engine) {
	e.eachForeignRevision(t, func(t *testing.T, id uuid.UUID, shown task.Revision) {
		d := e.deletion(id)
		d.IfMatch, d.NotAt = []task.Revision{shown}, []task.Revision{{Version: 9, Token: "another"}}
		if e.delete(t, d).Replayed || !e.delete(t, d).Replayed {
			t.Error("a delete and its repeat are not told apart")
		}
		e.isGone(t, id)
	})
}

// racesOnForeignRevisions makes updates at the revision that a read of such a task shows, at the same time.
func racesOnForeignRevisions(t *testing.T, e engine) {
	e.eachForeignRevision(t, func(t *testing.T, id uuid.UUID, shown task.Revision) { e.race(t, id, shown) })
}
