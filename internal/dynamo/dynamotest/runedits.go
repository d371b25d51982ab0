package dynamotest

import (
	"testing"
	"time"

	"accounttasks/internal/task"
)

func asksForALook(t *testing.T, e engine) {
	first := e.edited(t, nil)
	if first.DueAt != day(10) || first.Edited != day(10) || first.LastEdit != day(10) {
		t.Errorf("got DueAt %v, Edited %v, LastEdit %v, want the clock of the update", first.DueAt, first.Edited, first.LastEdit)
	}
	if e.isDue(t, first.ID, day(10).Add(-task.DateResolution)) || !e.isDue(t, first.ID, day(10)) {
		t.Error("the index does not have the updated task from the clock of its update on")
	}
	w := e.write(first.ID)
	w.ModifiedAt = day(12)
	e.apply(t, w)
	if again := e.state(t, first.ID); again.Edited != day(10) || again.LastEdit != day(12) || again.DueAt != day(12) {
		t.Errorf("got DueAt %v, Edited %v, LastEdit %v after a second update, want the first clock in Edited alone",
			again.DueAt, again.Edited, again.LastEdit)
	}
}

func looksByTheClock(t *testing.T, e engine) {
	ahead := stored()
	ahead.DateModified = day(15)
	w := e.write(e.put(t, ahead).ID)
	if updated := e.apply(t, w).Task; !updated.DateModified.After(day(15)) {
		t.Fatalf("got the date %v, want one after that of another instance", updated.DateModified)
	}
	if s := e.state(t, ahead.ID); s.DueAt != day(10) || s.Edited != day(10) {
		t.Errorf("got DueAt %v and Edited %v, want the instance's own clock", s.DueAt, s.Edited)
	}
}

func keepsRunState(t *testing.T, e engine) {
	seen := e.edited(t, nil)
	before := e.save(t, seen, claimed(seen))
	w := e.write(seen.ID)
	w.ModifiedAt = day(13)
	e.apply(t, w)
	after := e.state(t, seen.ID)
	if after.Open == nil || *after.Open != *before.Open {
		t.Fatalf("got the open run %v after an update, want %v", after.Open, before.Open)
	}
	want := before
	want.DueAt, want.Edited = day(13), day(13)
	if !sameKept(after, want) {
		t.Errorf("got %+v after an update, want %+v", after.Kept, want.Kept)
	}
}

func notesOffAndOn(t *testing.T, e engine) {
	on, off := true, false
	seen := e.edited(t, &on)
	if seen.On != day(10) || !seen.Off.IsZero() {
		t.Errorf("got On %v and Off %v of a task that was enabled, want its clock in On", seen.On, seen.Off)
	}
	planned := e.save(t, seen, claimed(seen))
	for n, step := range []struct {
		enabled       *bool
		on, off, next time.Time
	}{
		{&off, time.Time{}, day(13), time.Time{}},
		{&on, day(14), day(13), time.Time{}},
		{&on, day(14), day(13), time.Time{}}, // the first one counts
		{nil, day(14), day(13), time.Time{}},
		{&off, time.Time{}, day(17), time.Time{}},
	} {
		w := e.write(planned.ID)
		w.ModifiedAt, w.Enabled = day(13+n), step.enabled
		e.apply(t, w)
		if got := e.state(t, planned.ID); got.On != step.on || got.Off != step.off || got.Next != step.next {
			t.Errorf("step %d: got On %v, Off %v, Next %v, want %v, %v, %v", n, got.On, got.Off, got.Next, step.on, step.off, step.next)
		}
	}
}

func notesOffAtRegistration(t *testing.T, e engine) {
	on := true
	for name, test := range map[string]struct {
		enabled bool
		off     time.Time
	}{"enabled": {true, time.Time{}}, "disabled": {false, day(2)}} {
		r := e.registration()
		r.Task.Enabled = test.enabled
		e.register(t, r)
		if got := e.state(t, r.Task.ID).Off; got != test.off {
			t.Errorf("%s: got Off %v, want %v", name, got, test.off)
		}
	}
	// StartDate lies between the registration and the update that enables the task, before any look.
	r := e.registration()
	r.Task.Enabled, r.Task.StartDate = false, day(10).Add(-2*time.Minute)
	r.Task.DateCreated = day(10).Add(-4 * time.Minute)
	r.Task.DateModified = r.Task.DateCreated
	e.register(t, r)
	w := e.write(r.Task.ID)
	w.Definition, w.Enabled = r.Task.Definition, &on
	e.apply(t, w)
	if got := e.state(t, r.Task.ID).Plan(day(10).Add(time.Second)).Next; !got.IsZero() && !got.After(day(10)) {
		t.Errorf("got a plan for %v, when the task was disabled", got)
	}
}
