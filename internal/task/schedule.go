package task

import "time"

// Schedule tells when a task occurs. Occurrence n is the anchor plus n periods: hours, days and weeks by
// adding, months and years by the calendar, with the anchor's day clamped to the last day of a shorter
// month. An occurrence counts only within StartDate and FinishDate, both included.
//
// All times are in UTC with a resolution of 100 ns and lie in the years 1 to 9999. Every method takes
// constant time, however far apart the times are, except Upcoming, which takes constant time per date.
type Schedule struct {
	frequency Frequency
	anchor    ticks // the first occurrence
	end       ticks // nothing occurs later; before the anchor where nothing occurs at all
}

// unknownStart is the anchor of a task that has neither StartDate nor DateCreated: a Monday, and the first
// day of a month and of a year.
var unknownStart = time.Date(2001, time.January, 1, 0, 0, 0, 0, time.UTC)

// Schedule is the task's schedule by its definition, whether it is enabled or not. The anchor is StartDate,
// or DateCreated where there is none. A task with frequency NONE occurs once, at StartDate, and never
// without one.
func (t Task) Schedule() Schedule {
	anchor := t.StartDate
	switch {
	case !anchor.IsZero():
	case t.Frequency == FrequencyNone:
		return Schedule{end: -1}
	case !t.DateCreated.IsZero():
		anchor = t.DateCreated
	default:
		anchor = unknownStart
	}
	s := Schedule{frequency: t.Frequency, anchor: ticksOf(anchor), end: lastTick}
	if !t.FinishDate.IsZero() {
		s.end = min(s.end, ticksOf(t.FinishDate))
	}
	return s
}

// Next is the first occurrence later than a time, or the zero time where there is none.
func (s Schedule) Next(after time.Time) time.Time {
	next, exists := s.occurrence(s.passed(ticksOf(after)))
	if !exists {
		return time.Time{}
	}
	return next.time()
}

// Latest is the last occurrence that is not later than a time, or the zero time where there is none.
func (s Schedule) Latest(until time.Time) time.Time {
	n := s.passed(ticksOf(until))
	if n == 0 {
		return time.Time{}
	}
	latest, _ := s.occurrence(n - 1)
	return latest.time()
}

// Occurs reports whether a time is an occurrence.
func (s Schedule) Occurs(at time.Time) bool {
	latest := s.Latest(at)
	return !latest.IsZero() && latest.Equal(at)
}

// Between counts the occurrences that are later than one time and not later than another.
func (s Schedule) Between(after, until time.Time) int64 {
	return max(0, s.passed(ticksOf(until))-s.passed(ticksOf(after)))
}

// Upcoming lists the first occurrences later than a time, at most count of them.
func (s Schedule) Upcoming(after time.Time, count int) []time.Time {
	var dates []time.Time
	for len(dates) < count {
		next := s.Next(after)
		if next.IsZero() {
			break
		}
		dates = append(dates, next)
		after = next
	}
	return dates
}

// occurrence is occurrence n, counted from 0; exists is false where the schedule ends before it.
func (s Schedule) occurrence(n int64) (at ticks, exists bool) {
	switch {
	case n == 0:
		at = s.anchor
	case s.frequency.months() > 0:
		at = s.anchor.addMonths(n * s.frequency.months())
	case s.frequency.period() > 0:
		at = s.anchor + ticks(n)*s.frequency.period()
	default:
		return 0, false
	}
	return at, at <= s.end
}

// passed counts the occurrences that are not later than t.
func (s Schedule) passed(t ticks) int64 {
	t = min(t, s.end)
	switch {
	case t < s.anchor:
		return 0
	case s.frequency.months() > 0:
		// The occurrence of t's own month, or the last one of a month before it, may be later than t.
		n := monthsBetween(s.anchor, t) / s.frequency.months()
		if s.anchor.addMonths(n*s.frequency.months()) > t {
			return n
		}
		return n + 1
	case s.frequency.period() > 0:
		return int64((t-s.anchor)/s.frequency.period()) + 1
	default:
		return 1
	}
}

// period is the time between two occurrences where it is constant, else 0.
func (f Frequency) period() ticks {
	switch f {
	case FrequencyHourly:
		return ticksPerHour
	case FrequencyDaily:
		return 24 * ticksPerHour
	case FrequencyWeekly:
		return 7 * 24 * ticksPerHour
	default:
		return 0
	}
}

// months is the number of months between two occurrences where the calendar decides, else 0.
func (f Frequency) months() int64 {
	switch f {
	case FrequencyMonthly:
		return 1
	case FrequencyYearly:
		return 12
	default:
		return 0
	}
}
