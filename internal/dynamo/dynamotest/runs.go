package dynamotest

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// edited stores a task that was just updated, so that the runner has not looked at it yet.
func (e engine) edited(t *testing.T, enabled *bool) run.State {
	t.Helper()
	w := e.write(e.put(t, stored()).ID)
	w.Enabled = enabled
	e.apply(t, w)
	return e.state(t, w.ID)
}

// state reads a task as the runner does.
func (e engine) state(t *testing.T, id uuid.UUID) run.State {
	t.Helper()
	s, exists, err := e.table.Runs().Read(t.Context(), run.Ref{AccountID: e.account, ID: id})
	if err != nil || !exists {
		t.Fatalf("got no task %s (%v), want one", id, err)
	}
	return s
}

// save saves a state of the task; the table must accept it.
func (e engine) save(t *testing.T, seen, next run.State) run.State {
	t.Helper()
	current, saved, err := e.table.Runs().Save(t.Context(), seen, next)
	if err != nil || !saved {
		t.Fatalf("a look was not saved: %v", err)
	}
	return current
}

// refuseLook saves a state, which the table must refuse, and returns the task as it is.
func (e engine) refuseLook(t *testing.T, seen, next run.State) run.State {
	t.Helper()
	current, saved, err := e.table.Runs().Save(t.Context(), seen, next)
	if err != nil || saved {
		t.Fatalf("got a look that was saved, or an error (%v), want it refused", err)
	}
	return current
}

// claimed is a state with an open run and every attribute that the runner can write.
func claimed(s run.State) run.State {
	s.Kept = run.Kept{
		Next: day(12), Last: day(11), Claims: s.Claims + 1, Missed: 2, DueAt: day(11).Add(2 * time.Minute),
		Open: &run.Run{ID: uuid.New(), Due: day(11), Trigger: run.TriggerSchedule, User: run.Scheduler, Missed: 3},
	}
	s.Edited, s.On, s.Off = time.Time{}, time.Time{}, day(9)
	s.LastRunOn, s.LastRunBy = day(11), run.Scheduler
	return s
}

// isDue reports whether the index has the task with a DueAt up to a time, in any shard.
func (e engine) isDue(t *testing.T, id uuid.UUID, until time.Time) bool {
	t.Helper()
	return e.isRowDue(t, run.Key{Ref: run.Ref{AccountID: e.account, ID: id}}, until)
}

// isRowDue is isDue for a task or a run.
func (e engine) isRowDue(t *testing.T, key run.Key, until time.Time) bool {
	t.Helper()
	found := false
	for shard := range run.Shards {
		for cursor, more := "", true; more; more = cursor != "" {
			page, next, err := e.table.Runs().Due(t.Context(), shard, until, cursor)
			if err != nil {
				t.Fatal(err)
			}
			found = found || slices.Contains(page, key)
			cursor = next
		}
	}
	return found
}

func sameKept(a, b run.State) bool {
	sameRun := (a.Open == nil) == (b.Open == nil) && (a.Open == nil || *a.Open == *b.Open)
	a.Open, b.Open = nil, nil
	return sameRun && a.Kept == b.Kept && a.Edited == b.Edited && a.On == b.On && a.Off == b.Off &&
		a.LastRunOn == b.LastRunOn && a.LastRunBy == b.LastRunBy
}

func savesALook(t *testing.T, e engine) {
	seen := e.edited(t, nil)
	want := claimed(seen)
	if got := e.save(t, seen, want); !sameKept(got, want) || !sameKept(e.state(t, seen.ID), want) {
		t.Errorf("got %+v, want %+v", got.Kept, want.Kept)
	}
	done := want
	done.Kept, done.Off = run.Kept{Claims: want.Claims}, time.Time{}
	got := e.save(t, want, done)
	if !sameKept(got, done) || e.isDue(t, seen.ID, day(28)) {
		t.Errorf("got %+v of a task with nothing left to do, want %+v, and no row of the index", got.Kept, done.Kept)
	}
	if got.Revision != seen.Revision || got.DateModified != seen.DateModified || got.Parameters != seen.Parameters {
		t.Errorf("a look changed the task's revision, date or definition: got %+v, want %+v", got.Task, seen.Task)
	}
}

func refusesStaleLooks(t *testing.T, e engine) {
	seen := e.edited(t, nil)
	open := e.save(t, seen, claimed(seen))
	for name, change := range map[string]func(*run.State){
		"another DueAt":   func(s *run.State) { s.DueAt = s.DueAt.Add(time.Second) },
		"no DueAt":        func(s *run.State) { s.DueAt = time.Time{} },
		"another run":     func(s *run.State) { other := *s.Open; other.ID = uuid.New(); s.Open = &other },
		"no run":          func(s *run.State) { s.Open = nil },
		"another count":   func(s *run.State) { s.Claims++ },
		"no claims":       func(s *run.State) { s.Claims = 0 },
		"another version": func(s *run.State) { s.Revision.Version++ },
	} {
		stale := open
		change(&stale)
		if got := e.refuseLook(t, stale, claimed(stale)); !sameKept(got, open) {
			t.Errorf("%s: got %+v from a refused look, want the task as it is, %+v", name, got.Kept, open.Kept)
		}
	}
	gone := seen
	gone.ID = uuid.New()
	if got := e.refuseLook(t, gone, claimed(gone)); got.ID != uuid.Nil {
		t.Errorf("got a task from a look at one that is not there")
	}
}

func marksARunOnce(t *testing.T, e engine) {
	seen := e.edited(t, nil)
	ordered := claimed(seen)
	ordered.Marks = map[string]string{runToken: "print"}
	marked := e.save(t, seen, ordered)
	if got := marked.Marks[runToken]; got != "print" {
		t.Errorf("got the fingerprint %q in the mark, want the one that was saved", got)
	}
	unaware := marked
	unaware.Marks = nil
	again := claimed(unaware)
	again.Marks = ordered.Marks
	e.refuseLook(t, unaware, again)
	e.save(t, marked, claimed(marked))
	// The key of a run cannot be used for an update either.
	w := e.write(seen.ID)
	w.Token, w.Keyed, w.ModifiedAt = runToken, true, day(20)
	e.refuse(t, w, task.CodeIdempotencyKeyReused)
}

const runToken = "b2YtYS1ydW4taXMtdGhpcw"

func knowsOtherKeysForRuns(t *testing.T, e engine) {
	r := task.Registration{AccountID: e.account, Task: stored(), Fingerprint: "register", Keyed: true}
	if _, err := e.table.Register(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{r.Task.Revision.Token: "register"}
	for range 6 {
		w := e.keyed(r.Task.ID)
		w.ModifiedAt = day(10 + len(want))
		e.apply(t, w)
		want[w.Token] = w.Fingerprint
	}
	if got := e.state(t, r.Task.ID).Marks; !maps.Equal(got, want) {
		t.Errorf("a look finds the tokens %v, want those of the registration and of all updates %v", got, want)
	}
}

func asksForUnplannedTasks(t *testing.T, e engine) {
	runs := e.table.Runs()
	unplanned := func() (found []uuid.UUID) {
		for ref, err := range runs.Unplanned(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if ref.AccountID == e.account {
				found = append(found, ref.ID)
			}
		}
		return found
	}
	old, updated := e.put(t, stored()), e.edited(t, nil)
	if got := unplanned(); !slices.Equal(got, []uuid.UUID{old.ID}) {
		t.Errorf("got the unplanned tasks %v, want the one that was never updated, %s", got, old.ID)
	}
	ref := run.Ref{AccountID: e.account, ID: old.ID}
	for n, want := range []bool{true, false} {
		if asked, err := runs.AskForLook(t.Context(), ref, day(11+n)); err != nil || asked != want {
			t.Errorf("call %d: got %t, %v, want %t", n, asked, err, want)
		}
	}
	got := e.state(t, old.ID)
	if got.DueAt != day(11) || got.Edited != day(11) || got.LastEdit != day(11) || got.Task != old || !e.isDue(t, old.ID, day(11)) {
		t.Errorf("got %+v, want the task as it was, to be looked at", got)
	}
	for name, ref := range map[string]run.Ref{"updated": updated.Ref(), "absent": {AccountID: e.account, ID: uuid.New()}} {
		if asked, err := runs.AskForLook(t.Context(), ref, day(11)); err != nil || asked {
			t.Errorf("%s: got %t, %v, want nothing changed", name, asked, err)
		}
	}
	if got := unplanned(); len(got) > 0 {
		t.Errorf("got the unplanned tasks %v, want none any more", got)
	}
}

func runsNoneOfADeletedTask(t *testing.T, e engine) {
	seen := e.edited(t, nil)
	done := seen
	done.Kept = run.Kept{}
	idle := e.save(t, seen, done) // no DueAt, so that deleting changes nothing that a look compares
	if _, err := e.table.Delete(t.Context(), task.Deletion{
		AccountID: e.account, ID: seen.ID, Token: uuid.NewString(), Fingerprint: "delete", DeletedAt: day(12),
	}); err != nil {
		t.Fatal(err)
	}
	if current := e.refuseLook(t, idle, claimed(idle)); !current.Deleted {
		t.Error("got a task that is not deleted from the refused look")
	}
}
