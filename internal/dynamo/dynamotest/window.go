package dynamotest

import (
	"testing"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
)

// replacesWindow checks that the window begins as the zero window, and that a change of one that has changed is refused.
func replacesWindow(t *testing.T, e engine) {
	runs := e.table.Runs()
	replace := func(seen, next run.Window, want bool) {
		t.Helper()
		if replaced, err := runs.ReplaceWindow(t.Context(), seen, next); err != nil || replaced != want {
			t.Fatalf("from %v to %v: got replaced = %t, %v, want %t", seen, next, replaced, err, want)
		}
	}
	is := func(want run.Window) {
		t.Helper()
		if got, err := runs.Window(t.Context()); err != nil || got != want {
			t.Fatalf("got the window %v (%v), want %v", got, err, want)
		}
	}
	open, ended := run.Window{From: day(4)}, run.Window{From: day(4), Until: day(5)}
	is(run.Window{})
	replace(run.Window{}, open, true)
	is(open)
	replace(run.Window{}, run.Window{From: day(6)}, false)
	is(open)
	replace(open, ended, true)
	replace(open, run.Window{From: day(6)}, false)
	is(ended)
	byHand := dynamo.WindowItem(ended)
	byHand["From"], byHand["Until"] = text("2026-06-04T05:45:03.2545297+02:00"), text("2026-06-05T03:45:03.2545297Z")
	e.putItem(t, byHand)
	is(ended)
	replace(open, run.Window{From: day(6)}, false)
	replace(ended, open, true)
	is(open)
	replace(open, ended, true)
	replace(ended, run.Window{}, true)
	is(run.Window{})
}
