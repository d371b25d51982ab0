package dynamotest

import (
	"reflect"
	"sync"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

func sameItem(a, b map[string]Attribute) bool { return reflect.DeepEqual(a, b) }

func appliesOnce(t *testing.T, e engine) {
	w := e.keyed(e.put(t, stored()).ID)
	first := e.apply(t, w)
	again := e.apply(t, w)
	if !again.Replayed {
		t.Error("a repeat was applied again")
	}
	if !reflect.DeepEqual(again.Task, first.Task) {
		t.Errorf("got %+v for the repeat, want the task as it is: %+v", again.Task, first.Task)
	}
}

// othersUpdate updates the task n times with other tokens.
func (e engine) othersUpdate(t *testing.T, id uuid.UUID, n int) (last task.Task) {
	t.Helper()
	for range n {
		last = e.apply(t, e.write(id)).Task
	}
	return last
}

func knowsKeyAfterMany(t *testing.T, e engine) {
	w := e.keyed(e.put(t, stored()).ID)
	e.apply(t, w)
	for _, others := range []int{1, 2, 1, 20} {
		current := e.othersUpdate(t, w.ID, others)
		got := e.apply(t, w)
		if !got.Replayed || !reflect.DeepEqual(got.Task, current) {
			t.Errorf("got replayed %t and %+v, want the current task %+v", got.Replayed, got.Task, current)
		}
		other := w
		other.Fingerprint = "another update"
		e.refuse(t, other, task.CodeIdempotencyKeyReused)
	}
}

func countsOwnRepeatAsUpdate(t *testing.T, e engine) {
	w := e.write(e.put(t, stored()).ID)
	first := e.apply(t, w)
	if again := e.apply(t, w); again.Replayed || !reflect.DeepEqual(again, first) {
		t.Errorf("got replayed %t at %+v, want the update as applied before: without a key no caller repeats it",
			again.Replayed, again.Task.Revision)
	}
}

// knowsOwnRepeatAfterOthers repeats an update without a key after each of three others: the register holds four.
func knowsOwnRepeatAfterOthers(t *testing.T, e engine) {
	w := e.write(e.put(t, stored()).ID)
	e.apply(t, w)
	for n := range 3 {
		current := e.othersUpdate(t, w.ID, 1)
		if got := e.apply(t, w); got.Replayed || !reflect.DeepEqual(got.Task, current) {
			t.Errorf("after %d others: got replayed %t and %+v, want the current task %+v: the update is applied already", n+1, got.Replayed, got.Task, current)
		}
	}
}

func repeatBeforeStale(t *testing.T, e engine) {
	before := e.put(t, stored())
	w := e.keyed(before.ID)
	w.IfMatch = []task.Revision{before.Revision}
	e.apply(t, w)
	if !e.apply(t, w).Replayed {
		t.Error("a repeat was not known although its revision is stale by its own doing")
	}
	w.Fingerprint = "another update"
	e.refuse(t, w, task.CodeIdempotencyKeyReused)
}

// concurrent is the number of simultaneous updates.
const concurrent = 8

// together makes the writes at the same time and returns their outcomes in the order of the writes.
func (e engine) together(t *testing.T, writes []task.ConditionalUpdate) ([]task.Result, []error) {
	results, errs := make([]task.Result, len(writes)), make([]error, len(writes))
	var running sync.WaitGroup
	for i, w := range writes {
		running.Go(func() { results[i], errs[i] = e.table.Update(t.Context(), w) })
	}
	running.Wait()
	return results, errs
}

func oneWinsRace(t *testing.T, e engine) {
	before := e.put(t, stored())
	e.race(t, before.ID, before.Revision)
}

// race makes updates of a task at one revision at the same time. Exactly one must be applied.
func (e engine) race(t *testing.T, id uuid.UUID, at task.Revision) {
	t.Helper()
	writes := make([]task.ConditionalUpdate, concurrent)
	for i := range writes {
		writes[i] = e.write(id)
		writes[i].IfMatch = []task.Revision{at}
	}
	results, errs := e.together(t, writes)
	var winners []task.Revision
	for i, err := range errs {
		switch {
		case err == nil:
			winners = append(winners, results[i].Task.Revision)
		case !isCode(err, task.CodePreconditionFailed):
			t.Errorf("got %v, want a failed precondition", err)
		}
	}
	if len(winners) != 1 {
		t.Fatalf("got %d winners, want 1", len(winners))
	}
	for _, err := range errs {
		if err != nil && task.AsError(err).Current.Revision != winners[0] {
			t.Errorf("a loser was shown %+v, want the winner's %+v", task.AsError(err).Current.Revision, winners[0])
		}
	}
}

func losesNone(t *testing.T, e engine) {
	before := e.put(t, stored())
	writes := make([]task.ConditionalUpdate, concurrent)
	for i := range writes {
		writes[i] = e.write(before.ID)
	}
	results, errs := e.together(t, writes)
	versions := map[int64]bool{}
	for i, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
		versions[results[i].Task.Revision.Version] = true
	}
	if len(versions) != concurrent {
		t.Errorf("%d concurrent updates gave %d versions", concurrent, len(versions))
	}
	last := e.apply(t, e.write(before.ID)).Task.Revision.Version
	if want := before.Revision.Version + concurrent + 1; last != want {
		t.Errorf("got version %d in the end, want %d", last, want)
	}
}
