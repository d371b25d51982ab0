package run

import (
	"errors"
	"fmt"
	"time"

	"accounttasks/internal/task"
)

// Meanwhile says what becomes of the occurrences that were due while runs were held.
type Meanwhile string

// CatchUp runs the newest of them, as after an outage. Skip never runs them: another platform has, or they are not
// wanted any more.
const (
	CatchUp Meanwhile = "catch-up"
	Skip    Meanwhile = "skip"
)

// Notice is the least time from a call of Stop to the end of a window: a tick that has not read the end may be under way
// so long.
const Notice = time.Minute

// Start is the window in which runs begin at a time. The first start, and one that skips, need the time; one that catches
// up continues the present window and takes none. The error says what the operator must change.
func (w Window) Start(at, now time.Time, missed Meanwhile) (Window, error) {
	switch {
	case w.Begun(now) && w.Until.IsZero():
		return w, fmt.Errorf("runs are started already, from %s", stamp(w.From))
	case !w.Begun(now) && missed != "":
		return w, errors.New("MISSED is for runs that make stop-runs has held, and these have not begun yet: leave it out")
	case !w.Begun(now) || missed == Skip:
		return w.startAt(at, now)
	case missed != CatchUp:
		return w, fmt.Errorf("runs are held from %s on: say what becomes of those that were due since, "+
			"MISSED=%s to run the newest of each task now, or MISSED=%s AT=… to run what is due from that time on", stamp(w.Until), CatchUp, Skip)
	case !at.IsZero():
		return w, fmt.Errorf("AT is for MISSED=%s: what is caught up with begins at once", Skip)
	}
	return Window{From: w.From}, nil
}

func (w Window) startAt(at, now time.Time) (Window, error) {
	switch {
	case at.IsZero():
		return w, errors.New("AT is not set: say from which due time on tasks run, such as AT=2026-12-05T22:00:00Z")
	case at.Before(now.Add(-horizon)):
		return w, fmt.Errorf("AT is %s, more than a day ago: an occurrence older than a day is never run", stamp(at))
	case w.Begun(now) && at.Before(w.From):
		return w, fmt.Errorf("AT is %s, and runs have begun at %s: nothing due earlier ever runs", stamp(at), stamp(w.From))
	}
	return Window{From: at}, nil
}

// Stop is the window that ends at a time, or, where that is zero, as soon as every tick has noticed.
func (w Window) Stop(at, now time.Time) (Window, error) {
	switch {
	case w.From.IsZero():
		return w, errors.New("runs are held already: no start is set")
	case !w.Begun(now):
		return Window{}, nil
	case !w.Until.IsZero() && !now.Before(w.Until):
		return w, fmt.Errorf("runs are held already, from %s on", stamp(w.Until))
	case at.IsZero():
		at = now.Add(Notice + time.Minute - 1).Truncate(time.Minute)
	case at.Before(w.From):
		return w, fmt.Errorf("AT is %s, before runs were started at %s", stamp(at), stamp(w.From))
	}
	return Window{From: w.From, Until: at}, nil
}

// Describe says in a sentence what runs at the time now.
func (w Window) Describe(now time.Time) string {
	switch {
	case w.From.IsZero():
		return "Runs are held: no start is set."
	case !w.Begun(now):
		return fmt.Sprintf("Runs are held until %s: what is due earlier never runs.", stamp(w.From))
	case w.Until.IsZero():
		return fmt.Sprintf("Runs are started: what is due from %s on runs.", stamp(w.From))
	case now.Before(w.Until):
		return fmt.Sprintf("Runs are started, and held from %s on: what is due then or later does not run.", stamp(w.Until))
	}
	return fmt.Sprintf("Runs are held: what is due from %s on does not run.", stamp(w.Until))
}

// stamp writes a time as AT takes it.
func stamp(t time.Time) string { return t.UTC().Truncate(task.DateResolution).Format(time.RFC3339Nano) }
