package dynamotest

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// registration returns a new task, with a new key, token and fingerprint.
func (e engine) registration() task.Registration {
	t := stored()
	t.LastRunOn, t.LastRunBy = time.Time{}, ""
	t.DateModified = t.DateCreated
	t.Revision = task.Revision{Version: 1, Token: uuid.NewString()}
	return task.Registration{AccountID: e.account, Task: t, Fingerprint: uuid.NewString(), Keyed: true}
}

func (e engine) register(t *testing.T, r task.Registration) task.Result {
	t.Helper()
	result, err := e.table.Register(t.Context(), r)
	if err != nil {
		t.Fatalf("a registration was refused: %v", err)
	}
	return result
}

func (e engine) deletion(id uuid.UUID) task.Deletion {
	return task.Deletion{AccountID: e.account, ID: id, DeletedAt: day(12), Token: uuid.NewString(), Fingerprint: "delete", Keyed: true}
}

func (e engine) delete(t *testing.T, d task.Deletion) task.Result {
	t.Helper()
	result, err := e.table.Delete(t.Context(), d)
	if err != nil {
		t.Fatalf("a delete was refused: %v", err)
	}
	return result
}

// want checks that an operation was refused with the code.
func want(t *testing.T, what string, err error, code task.Code) *task.Error {
	t.Helper()
	if err == nil || task.AsError(err).Code != code {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
	return task.AsError(err)
}

func registersOnce(t *testing.T, e engine) {
	r := e.registration()
	if got := e.register(t, r); got.Replayed || !reflect.DeepEqual(got.Task, r.Task) {
		t.Errorf("got replayed %t and %+v, want %+v", got.Replayed, got.Task, r.Task)
	}
	current := e.othersUpdate(t, r.Task.ID, 2*registerUpdates)
	if got := e.register(t, r); !got.Replayed || !reflect.DeepEqual(got.Task, current) {
		t.Errorf("a repeat: got replayed %t and %+v, want the task as it is now: %+v", got.Replayed, got.Task, current)
	}
	other := r
	other.Fingerprint = "another registration"
	_, err := e.table.Register(t.Context(), other)
	want(t, "the key with another registration", err, task.CodeIdempotencyKeyReused)
	w, d := e.keyed(r.Task.ID), e.deletion(r.Task.ID)
	w.Token, d.Token = r.Task.Revision.Token, r.Task.Revision.Token
	e.refuse(t, w, task.CodeIdempotencyKeyReused)
	_, err = e.table.Delete(t.Context(), d)
	want(t, "the key with a delete", err, task.CodeIdempotencyKeyReused)
}

func registerOverwritesNothing(t *testing.T, e engine) {
	before := e.put(t, stored())
	r := e.registration()
	r.Task.ID = before.ID
	_, err := e.table.Register(t.Context(), r)
	want(t, "the ID of an imported task", err, task.CodeIdempotencyKeyReused)
	r.Keyed = false
	_, err = e.table.Register(t.Context(), r)
	want(t, "a random ID that is taken", err, task.CodeInternalError)
	if got, err := e.table.Read(t.Context(), e.account, before.ID); err != nil || !reflect.DeepEqual(got, before) {
		t.Errorf("got %+v and %v, want the task as it was", got, err)
	}
}

func readsTasks(t *testing.T, e engine) {
	before := e.put(t, stored())
	if got, err := e.table.Read(t.Context(), e.account, before.ID); err != nil || !reflect.DeepEqual(got, before) {
		t.Errorf("got %+v and %v, want %+v", got, err, before)
	}
	_, err := e.table.Read(t.Context(), e.account, uuid.New())
	want(t, "a task that is not there", err, task.CodeTaskNotFound)
	_, err = e.table.Read(t.Context(), uuid.NewString(), before.ID)
	want(t, "another account's task", err, task.CodeTaskNotFound)
}

func deletesOnce(t *testing.T, e engine) {
	before := e.put(t, stored())
	d := e.deletion(before.ID)
	if got := e.delete(t, d); got.Replayed || !reflect.DeepEqual(got.Task, before) {
		t.Errorf("got replayed %t and %+v, want the task as it was: %+v", got.Replayed, got.Task, before)
	}
	if got := e.delete(t, d); !got.Replayed || !reflect.DeepEqual(got.Task, before) {
		t.Errorf("a repeat: got replayed %t and %+v, want the first answer", got.Replayed, got.Task)
	}
	later := d
	later.DeletedAt = d.DeletedAt.Add(25 * time.Hour)
	_, err := e.table.Delete(t.Context(), later)
	want(t, "a repeat a day later", err, task.CodeTaskNotFound)
	_, err = e.table.Delete(t.Context(), e.deletion(before.ID))
	want(t, "another delete", err, task.CodeTaskNotFound)
	_, err = e.table.Delete(t.Context(), e.deletion(uuid.New()))
	want(t, "a task that was never there", err, task.CodeTaskNotFound)
	e.isGone(t, before.ID)
}

// isGone checks that no operation finds the task.
func (e engine) isGone(t *testing.T, id uuid.UUID) {
	t.Helper()
	e.refuse(t, e.write(id), task.CodeTaskNotFound)
	_, err := e.table.Read(t.Context(), e.account, id)
	want(t, "a read", err, task.CodeTaskNotFound)
	_, err = e.table.TryUpdate(t.Context(), e.write(id))
	want(t, "an update that is only validated", err, task.CodeTaskNotFound)
	page, err := e.table.List(t.Context(), task.Listing{AccountID: e.account, Count: task.MaxCount})
	if err != nil || slices.ContainsFunc(page.Tasks, func(each task.Task) bool { return each.ID == id }) {
		t.Errorf("got the deleted task in the list, or %v", err)
	}
}

func registrationStaysDeleted(t *testing.T, e engine) {
	r := e.registration()
	e.register(t, r)
	e.delete(t, e.deletion(r.Task.ID))
	_, err := e.table.Register(t.Context(), r)
	want(t, "a repeat after a delete", err, task.CodeTaskNotFound)
	_, err = e.table.TryRegister(t.Context(), r)
	want(t, "a repeat that is only validated", err, task.CodeTaskNotFound)
}

func guardsDelete(t *testing.T, e engine) {
	before := e.put(t, stored())
	used := e.keyed(before.ID)
	current := e.apply(t, used).Task
	for name, test := range map[string]struct {
		guard func(*task.Deletion)
		want  task.Code
	}{
		"a stale revision":              {func(d *task.Deletion) { d.IfMatch = []task.Revision{before.Revision} }, task.CodePreconditionFailed},
		"a revision to avoid":           {func(d *task.Deletion) { d.NotAt = []task.Revision{current.Revision} }, task.CodePreconditionFailed},
		"any revision to avoid":         {func(d *task.Deletion) { d.NotAtAny = true }, task.CodePreconditionFailed},
		"a key that an update has used": {func(d *task.Deletion) { d.Token = used.Token }, task.CodeIdempotencyKeyReused},
	} {
		d := e.deletion(before.ID)
		test.guard(&d)
		_, err := e.table.Delete(t.Context(), d)
		if refusal := want(t, name, err, test.want); test.want == task.CodePreconditionFailed && refusal.Current == nil {
			t.Errorf("%s: got no current task", name)
		}
	}
	d := e.deletion(before.ID)
	d.Keyed, d.IfMatch = false, []task.Revision{current.Revision}
	e.delete(t, d)
	e.isGone(t, before.ID)
}

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

// list follows the pages, calling between after each, and returns the IDs.
func (e engine) list(t *testing.T, l task.Listing, between func(page task.Page)) (ids []uuid.UUID) {
	t.Helper()
	l.AccountID = e.account
	for range 1000 {
		page, err := e.table.List(t.Context(), l)
		if err != nil {
			t.Fatal(err)
		}
		for _, listed := range page.Tasks {
			ids = append(ids, listed.ID)
		}
		if len(page.Tasks) > l.Count {
			t.Errorf("got %d tasks on a page, want %d at most", len(page.Tasks), l.Count)
		}
		if !page.More {
			return ids
		}
		between(page)
		l.After = page.Next
	}
	t.Fatal("the list has no end")
	return nil
}

// putMany stores n tasks and returns their IDs in order.
func (e engine) putMany(t *testing.T, n int, parameters string) []uuid.UUID {
	t.Helper()
	ids := make([]uuid.UUID, n)
	for i := range ids {
		each := stored()
		each.Parameters = parameters
		ids[i] = e.put(t, each).ID
	}
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

func listsInOrder(t *testing.T, e engine) {
	none := func(task.Page) {}
	if got := e.list(t, task.Listing{Count: 20}, none); len(got) != 0 {
		t.Errorf("got %v on an account without tasks", got)
	}
	ids := e.putMany(t, 7, "{}")
	e.onAccount().putMany(t, 2, "{}")
	for _, count := range []int{1, 3, 7, 100} {
		if got := e.list(t, task.Listing{Count: count}, none); !slices.Equal(got, ids) {
			t.Errorf("with %d on a page got %v, want %v", count, got, ids)
		}
	}
	if got := e.list(t, task.Listing{Count: 3, After: ids[2]}, none); !slices.Equal(got, ids[3:]) {
		t.Errorf("after the third one got %v, want %v", got, ids[3:])
	}
	gone := ids[2]
	gone[15]++
	if got := e.list(t, task.Listing{Count: 3, After: gone}, none); !slices.Equal(got, ids[3:]) {
		t.Errorf("after an ID that does not exist got %v, want %v", got, ids[3:])
	}
	page, err := e.table.List(t.Context(), task.Listing{AccountID: e.account, Count: 1, Summary: true})
	if err != nil || page.Tasks[0].Parameters != "" || page.Tasks[0].ContentType == "" {
		t.Errorf("got %+v and %v, want a task without its parameters", page, err)
	}
}

// listsWhatStays registers and deletes tasks while it follows the pages of a list.
func listsWhatStays(t *testing.T, e engine) {
	ids := e.putMany(t, 12, "{}")
	deleted := map[uuid.UUID]bool{}
	for _, id := range ids[4:8] { // two pages that are empty
		e.delete(t, e.deletion(id))
		deleted[id] = true
	}
	first := true
	got := e.list(t, task.Listing{Count: 2}, func(page task.Page) {
		if first {
			e.delete(t, e.deletion(page.Next)) // the ID that the next page begins after
			e.putMany(t, 2, "{}")
		}
		first = false
	})
	seen := map[uuid.UUID]int{}
	for _, id := range got {
		seen[id]++
	}
	for _, id := range ids {
		if !deleted[id] && seen[id] != 1 {
			t.Errorf("the task %s was listed %d times, want once", id, seen[id])
		}
	}
}

// listsWithinAnswer lists tasks of the maximum size.
func listsWithinAnswer(t *testing.T, e engine) {
	const answerLimit = 6 << 20
	large := `"` + strings.Repeat("<", task.ParametersLimit-2) + `"`
	ids := e.putMany(t, 5, large) // the table would give four of them at once
	pages := 1
	got := e.list(t, task.Listing{Count: task.MaxCount}, func(page task.Page) {
		pages++
		if size := len(page.Tasks) * len(large) * 7; size > answerLimit || len(page.Tasks) == 0 {
			t.Errorf("got %d tasks on a page, which may take %d bytes in an answer", len(page.Tasks), size)
		}
	})
	if !slices.Equal(got, ids) || pages < 2 {
		t.Errorf("got %d tasks on %d pages, want all %d on more", len(got), pages, len(ids))
	}
}
