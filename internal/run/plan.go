package run

import (
	"time"

	"accounttasks/internal/task"
)

const (
	// grace is how long before an edit a StartDate still counts, so that "now" is not lost on the way here.
	grace = 60 * time.Second
	// unseen is how long before the last edit planning starts at most, however old the first unseen one is.
	unseen = 5 * time.Minute
	// horizon is the age at which an occurrence is too old to be caught up with.
	horizon = 24 * time.Hour
)

// Plan is when a task is to run next.
type Plan struct {
	// Next is the occurrence; zero where there is none.
	Next time.Time
	// Missed counts the occurrences before it that were missed since the last scheduled run.
	Missed int64
	// Last is the last occurrence that was claimed or is given up as missed: Next and all others are later.
	Last time.Time
}

// Due reports whether the planned occurrence is to be run now.
func (p Plan) Due(now time.Time) bool { return !p.Next.IsZero() && !p.Next.After(now) }

// Plan tells what the task is to run next, by its definition as it is. A task that is disabled or deleted has
// no next occurrence.
func (s State) Plan(now time.Time) Plan {
	if s.Deleted || !s.Enabled {
		return Plan{Missed: s.Missed, Last: s.Last}
	}
	p := planning{State: s, schedule: s.Schedule(), now: now}
	next := p.kept()
	if first := p.first(); next.IsZero() || !first.IsZero() && first.Before(next) {
		next = first
	}
	return p.catchUp(next)
}

// after is what is planned once the occurrence is claimed.
func (s State) after(occurrence time.Time) time.Time {
	s.Last, s.Next = occurrence, time.Time{}
	return s.Plan(occurrence).Next
}

// planning is one look at a task.
type planning struct {
	State
	schedule task.Schedule
	now      time.Time
}

// kept is Next where it stays. It stays as an occurrence of the definition as it is, and also where it was due
// before the first edit that no look has seen: an edit swallows nothing. In either case it is later than the
// last one claimed and lies within start and finish as they are now.
func (p planning) kept() time.Time {
	untouched := p.Edited.IsZero() || p.Next.Before(p.Edited)
	stays := (untouched || p.schedule.Occurs(p.Next)) && p.Next.After(p.Last) && p.within(p.Next)
	if !stays {
		return time.Time{}
	}
	return p.Next
}

// first is the first occurrence that is later than the last one claimed and not earlier than the edit.
// StartDate itself counts up to 60 seconds before the edit.
func (p planning) first() time.Time {
	edit, start := p.edit(), p.StartDate
	if start.After(edit.Add(-grace)) && start.Before(edit) && start.After(p.Last) && p.schedule.Occurs(start) {
		return start
	}
	return p.schedule.Next(later(p.Last, edit.Add(-task.DateResolution)))
}

// edit is the time from which on the definition as it is counts: the first edit that no look has seen, or when
// the task was enabled if it was off, but no more than five minutes before the last edit. A task whose edits
// are unknown counts from now on.
func (p planning) edit() time.Time {
	edit := p.Edited
	if edit.IsZero() {
		edit = p.LastEdit
	}
	if !p.Off.IsZero() && !p.On.IsZero() {
		edit = p.On
	}
	edit = later(edit, p.LastEdit.Add(-unseen))
	if p.Edited.IsZero() && p.LastEdit.IsZero() {
		return p.now
	}
	return edit
}

// catchUp takes the newest of several missed occurrences, unless it is as old as the period or the horizon.
func (p planning) catchUp(next time.Time) Plan {
	plan := Plan{Next: next, Missed: p.Missed, Last: p.Last}
	if !plan.Due(p.now) {
		return plan
	}
	low := next
	if !p.schedule.Occurs(next) {
		low = later(next, p.edit().Add(-task.DateResolution))
	}
	if newest := p.schedule.Latest(p.now); newest.After(low) {
		plan.Missed += p.schedule.Between(low, newest)
		plan.Last = later(next, p.schedule.Latest(newest.Add(-task.DateResolution)))
		plan.Next = newest
	}
	if p.now.Sub(plan.Next) >= p.limit() {
		plan.Missed++
		plan.Last = plan.Next
		plan.Next = p.schedule.Next(p.now)
	}
	return plan
}

// limit is the age at which an occurrence is not run any more.
func (p planning) limit() time.Duration {
	if p.Frequency == task.FrequencyHourly {
		return time.Hour
	}
	return horizon
}

// within reports whether a time lies within start and finish, both included.
func (p planning) within(t time.Time) bool {
	return !t.Before(p.StartDate) && (p.FinishDate.IsZero() || !t.After(p.FinishDate))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
