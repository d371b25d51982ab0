package main

import (
	"errors"
	"fmt"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// What MISSED can be.
const (
	catchUp = "catch-up"
	skip    = "skip"
)

func readMissed(written string) (run.Meanwhile, error) {
	switch written {
	case "":
		return run.Unsaid, nil
	case catchUp:
		return run.CatchUp, nil
	case skip:
		return run.Skip, nil
	}
	return run.Unsaid, fmt.Errorf("MISSED is %q: say %s or %s", written, catchUp, skip)
}

// describe says in a sentence what runs at the time now.
func describe(w run.Window, now time.Time) string {
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

// switchError says why a window stays as it is, and what the operator must say instead. at is the time that was asked for.
func switchError(why error, w run.Window, at time.Time) error {
	switch {
	case errors.Is(why, run.ErrStarted):
		return fmt.Errorf("runs are started already, from %s", stamp(w.From))
	case errors.Is(why, run.ErrNothingMissed):
		return errors.New("MISSED is for runs that make stop-runs has held, and these have not begun yet: leave it out")
	case errors.Is(why, run.ErrMissedUnsaid):
		return fmt.Errorf("runs are held from %s on: say what becomes of those that were due since, "+
			"MISSED=%s to run the newest of each task now, or MISSED=%s AT=… to run what is due from that time on", stamp(w.Until), catchUp, skip)
	case errors.Is(why, run.ErrCatchUpAt):
		return fmt.Errorf("AT is for MISSED=%s: what is caught up with begins at once", skip)
	case errors.Is(why, run.ErrNoTime):
		return errors.New("AT is not set: say from which due time on tasks run, such as AT=2026-12-05T22:00:00Z")
	case errors.Is(why, run.ErrTooOld):
		return fmt.Errorf("AT is %s, more than a day ago: an occurrence older than a day is never run", stamp(at))
	case errors.Is(why, run.ErrBeforeStart):
		return fmt.Errorf("AT is %s, and runs have begun at %s: nothing due earlier ever runs", stamp(at), stamp(w.From))
	case errors.Is(why, run.ErrNeverStarted):
		return errors.New("runs are held already: no start is set")
	case errors.Is(why, run.ErrHeld):
		return fmt.Errorf("runs are held already, from %s on", stamp(w.Until))
	case errors.Is(why, run.ErrEndBeforeStart):
		return fmt.Errorf("AT is %s, before runs were started at %s", stamp(at), stamp(w.From))
	}
	return why
}

// stamp writes a time as AT takes it.
func stamp(t time.Time) string { return t.UTC().Truncate(task.DateResolution).Format(time.RFC3339Nano) }
