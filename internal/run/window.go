package run

import (
	"time"

	"accounttasks/internal/task"
)

// Window is the operator's switch: an occurrence runs only if it is due within the window. The zero Window, that of a
// new table, lets nothing run. Another platform may run what is due outside.
type Window struct {
	// From is the first due time that runs. Nothing due earlier ever runs, and it does not count as missed. It is zero
	// if runs were never started.
	From time.Time
	// Until is the first due time that does not run any more; zero if there is no end.
	Until time.Time
}

// Begun reports whether the window has begun, so that tasks may be planned.
func (w Window) Begun(now time.Time) bool { return !w.From.IsZero() && !now.Before(w.From) }

// Open reports whether a run that is due now may start.
func (w Window) Open(now time.Time) bool {
	return w.Begun(now) && (w.Until.IsZero() || now.Before(w.Until))
}

// apply is the state as it is planned in the window: occurrences before it were never the task's own.
func (w Window) apply(s State) State {
	s.Last = later(s.Last, w.From.Add(-task.DateResolution))
	return s
}

// clamp is the time at which to plan: the present, or the last moment of a window that has ended.
func (w Window) clamp(now time.Time) time.Time {
	if w.Until.IsZero() || now.Before(w.Until) {
		return now
	}
	return w.Until.Add(-task.DateResolution)
}

// waits reports whether nothing of a task is left to do in the window: its next occurrence lies after the end.
func (w Window) waits(s State) bool {
	return !w.Until.IsZero() && s.Open == nil && s.DueAt.Equal(s.Next) && !s.Next.Before(w.Until)
}

// Next is the occurrence of a task that runs next in the window; zero where there is none.
func (w Window) Next(s State, now time.Time) time.Time { return w.apply(s).Plan(w.clamp(now)).Next }
