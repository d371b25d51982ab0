package runner

import (
	"time"

	"accounttasks/internal/task"
)

// calendar is the checker's own calendar. It steps from the anchor and shares no code with package run.
type calendar struct{ task.Task }

var fixed = map[task.Frequency]time.Duration{
	task.FrequencyHourly: time.Hour, task.FrequencyDaily: 24 * time.Hour, task.FrequencyWeekly: 7 * 24 * time.Hour,
}

func (c calendar) anchor() time.Time {
	switch {
	case !c.StartDate.IsZero():
		return c.StartDate
	case !c.DateCreated.IsZero():
		return c.DateCreated
	default:
		return time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	}
}

// nth is occurrence n, without regard to the bounds.
func (c calendar) nth(n int) time.Time {
	if period := fixed[c.Frequency]; period > 0 {
		return c.anchor().Add(time.Duration(n) * period)
	}
	if c.Frequency == task.FrequencyYearly {
		n *= 12
	}
	a := c.anchor()
	first := a.AddDate(0, 0, 1-a.Day()).AddDate(0, n, 0)
	at := first.AddDate(0, 0, a.Day()-1)
	for at.Month() != first.Month() {
		at = at.AddDate(0, 0, -1)
	}
	return at
}

// next is the first occurrence later than t; zero where there is none.
func (c calendar) next(t time.Time) time.Time {
	if c.Frequency == task.FrequencyNone {
		if c.StartDate.After(t) && c.bounds(c.StartDate) {
			return c.StartDate
		}
		return time.Time{}
	}
	n := 0
	if period := fixed[c.Frequency]; period > 0 {
		n = max(0, int(t.Sub(c.anchor())/period)-1)
	}
	for !c.nth(n).After(t) {
		n++
	}
	if at := c.nth(n); c.bounds(at) {
		return at
	}
	return time.Time{}
}

// list returns the occurrences later than after and not later than until.
func (c calendar) list(after, until time.Time) []time.Time {
	var all []time.Time
	for at := c.next(after); !at.IsZero() && !at.After(until); at = c.next(at) {
		all = append(all, at)
	}
	return all
}

func (c calendar) occurs(t time.Time) bool { return c.next(t.Add(-task.DateResolution)).Equal(t) }

// bounds reports whether a time lies within start and finish.
func (c calendar) bounds(t time.Time) bool {
	return !t.Before(c.StartDate) && (c.FinishDate.IsZero() || !t.After(c.FinishDate))
}

// limit is the age from which a missed occurrence is not run.
func (c calendar) limit() time.Duration {
	if c.Frequency == task.FrequencyHourly {
		return time.Hour
	}
	return 24 * time.Hour
}
