package run

import (
	"time"

	"accounttasks/internal/task"
)

const (
	// grace is how long before an edit a StartDate may lie and still count, so that a StartDate of "now" is not missed.
	grace = 60 * time.Second
	// unseen is the longest time before the last edit at which planning starts, however old the first unseen edit is.
	unseen = 5 * time.Minute
	// horizon is the age from which a missed occurrence is not run any more.
	horizon = 24 * time.Hour
)

// Plan is the next run of a task.
type Plan struct {
	// Next is the occurrence; zero where there is none.
	Next time.Time
	// Missed counts the occurrences before it that were missed since the last scheduled run.
	Missed int64
	// Last is the last occurrence that was claimed or is given up as missed. Next and all further occurrences are
	// later.
	Last time.Time
}

// Due reports whether the planned occurrence is to be run now.
func (p Plan) Due(now time.Time) bool { return !p.Next.IsZero() && !p.Next.After(now) }

// Plan returns the next run of the task by its present definition. A task that is disabled or deleted has no next
// occurrence.
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

// after is the next occurrence after this one is claimed.
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

// kept returns Next if it is kept. It is kept if it is an occurrence of the present definition, or if it was due before
// the first edit that no look has seen, because an edit must not cancel it. In both cases it must be later than the
// last claimed occurrence and lie within the present start and finish.
func (p planning) kept() time.Time {
	untouched := p.Edited.IsZero() || p.Next.Before(p.Edited)
	stays := (untouched || p.schedule.Occurs(p.Next)) && p.Next.After(p.Last) && p.within(p.Next)
	if !stays {
		return time.Time{}
	}
	return p.Next
}

// first is the first occurrence later than the last claimed one and not before the edit. StartDate itself may lie up to
// 60 seconds before the edit.
func (p planning) first() time.Time {
	edit, start := p.edit(), p.StartDate
	if start.After(edit.Add(-grace)) && start.Before(edit) && start.After(p.Last) && p.schedule.Occurs(start) {
		return start
	}
	return p.schedule.Next(later(p.Last, edit.Add(-task.DateResolution)))
}

// edit is the time from which the present definition applies: the first edit that no look has seen, or the time at
// which a disabled task was enabled. It is at most five minutes before the last edit. If the edits of a task are
// unknown, its definition applies from now on.
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

// catchUp returns the newest of several missed occurrences, unless it is as old as the period or the horizon.
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

// limit is the age from which an occurrence is not run any more.
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
