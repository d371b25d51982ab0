package dynamotest

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

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
