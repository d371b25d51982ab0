package main

import (
	"testing"
	"time"

	"accounttasks/internal/run"
)

func TestEveryRefusalOfTheSwitchSaysWhatToDo(t *testing.T) {
	from := time.Date(2026, time.June, 4, 10, 0, 0, 0, time.UTC)
	w := run.Window{From: from, Until: from.Add(time.Hour)}
	at := from.Add(500 * time.Millisecond)
	for why, want := range map[error]string{
		run.ErrStarted:       "runs are started already, from 2026-06-04T10:00:00Z",
		run.ErrNothingMissed: "MISSED is for runs that make stop-runs has held, and these have not begun yet: leave it out",
		run.ErrMissedUnsaid: "runs are held from 2026-06-04T11:00:00Z on: say what becomes of those that were due since, " +
			"MISSED=catch-up to run the newest of each task now, or MISSED=skip AT=… to run what is due from that time on",
		run.ErrCatchUpAt:      "AT is for MISSED=skip: what is caught up with begins at once",
		run.ErrNoTime:         "AT is not set: say from which due time on tasks run, such as AT=2026-12-05T22:00:00Z",
		run.ErrTooOld:         "AT is 2026-06-04T10:00:00.5Z, more than a day ago: an occurrence older than a day is never run",
		run.ErrBeforeStart:    "AT is 2026-06-04T10:00:00.5Z, and runs have begun at 2026-06-04T10:00:00Z: nothing due earlier ever runs",
		run.ErrNeverStarted:   "runs are held already: no start is set",
		run.ErrHeld:           "runs are held already, from 2026-06-04T11:00:00Z on",
		run.ErrEndBeforeStart: "AT is 2026-06-04T10:00:00.5Z, before runs were started at 2026-06-04T10:00:00Z",
	} {
		if got := switchError(why, w, at).Error(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}
