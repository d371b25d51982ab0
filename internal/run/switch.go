package run

import (
	"errors"
	"time"
)

// Meanwhile says what becomes of the occurrences that were due while runs were held.
type Meanwhile int

const (
	// Unsaid is the zero value: no decision was given.
	Unsaid Meanwhile = iota
	// CatchUp runs the newest occurrence of each task, as after an outage.
	CatchUp
	// Skip never runs them: another platform has run them, or they are not wanted any more.
	Skip
)

// The reasons why Start and Stop leave a window as it is.
var (
	ErrStarted        = errors.New("runs are started already")
	ErrNothingMissed  = errors.New("runs have not begun yet, so none were missed")
	ErrMissedUnsaid   = errors.New("a decision about the runs that were missed is required")
	ErrCatchUpAt      = errors.New("catching up begins at once: no time can be given")
	ErrNoTime         = errors.New("a time from which due tasks run is required")
	ErrTooOld         = errors.New("the time is more than a day ago")
	ErrBeforeStart    = errors.New("the time is before the start of the present window")
	ErrNeverStarted   = errors.New("runs were never started")
	ErrHeld           = errors.New("runs are held already")
	ErrEndBeforeStart = errors.New("the end is before the start")
)

// Notice is the least time from a call of Stop to the end of a window: a tick that has not read the end may be under way
// so long.
const Notice = time.Minute

// Start is the window in which runs begin at a time. The first start, and one that skips, need the time; one that catches
// up continues the present window and takes none. The error is ErrStarted, ErrNothingMissed, ErrMissedUnsaid, ErrCatchUpAt,
// ErrNoTime, ErrTooOld or ErrBeforeStart.
func (w Window) Start(at, now time.Time, missed Meanwhile) (Window, error) {
	switch {
	case w.Begun(now) && w.Until.IsZero():
		return w, ErrStarted
	case !w.Begun(now) && missed != Unsaid:
		return w, ErrNothingMissed
	case !w.Begun(now) || missed == Skip:
		return w.startAt(at, now)
	case missed != CatchUp:
		return w, ErrMissedUnsaid
	case !at.IsZero():
		return w, ErrCatchUpAt
	}
	return Window{From: w.From}, nil
}

func (w Window) startAt(at, now time.Time) (Window, error) {
	switch {
	case at.IsZero():
		return w, ErrNoTime
	case at.Before(now.Add(-horizon)):
		return w, ErrTooOld
	case w.Begun(now) && at.Before(w.From):
		return w, ErrBeforeStart
	}
	return Window{From: at}, nil
}

// Stop is the window that ends at a time, or, where that is zero, as soon as every tick has noticed. The error is
// ErrNeverStarted, ErrHeld or ErrEndBeforeStart.
func (w Window) Stop(at, now time.Time) (Window, error) {
	switch {
	case w.From.IsZero():
		return w, ErrNeverStarted
	case !w.Begun(now):
		return Window{}, nil
	case !w.Until.IsZero() && !now.Before(w.Until):
		return w, ErrHeld
	case at.IsZero():
		at = now.Add(Notice + time.Minute - 1).Truncate(time.Minute)
	case at.Before(w.From):
		return w, ErrEndBeforeStart
	}
	return Window{From: w.From, Until: at}, nil
}
