package run

import "time"

// lease is how long only the instance that claimed a run works on it.
const lease = 2 * time.Minute

// claimed is the state after the planned occurrence is claimed at the time now. The look has seen all edits.
func (s State) claimed(p Plan, now time.Time) State {
	next := s
	next.Open = &Run{ID: scheduledID(s.Ref(), p.Next), Due: p.Next, Trigger: TriggerSchedule, User: Scheduler, Missed: p.Missed}
	next.Last, next.Next, next.Missed = p.Next, s.after(p.Next), 0
	return next.opened(now).looked(now)
}

// opened is the state with a lease for its open run that begins now.
func (s State) opened(now time.Time) State {
	s.LastRunOn, s.LastRunBy = now, s.Open.User
	s.Claims++
	s.DueAt = now.Add(lease)
	return s
}

// planned is the state after a look that finds nothing to run, or that ends a run.
func (s State) planned(now time.Time) State {
	p := s.Plan(now)
	s.Open, s.Last, s.Next, s.Missed, s.DueAt = nil, p.Last, p.Next, p.Missed, p.Next
	return s.looked(now)
}

// looked is the state without the edits that a look has seen. Off is kept until a look finds the task enabled.
func (s State) looked(now time.Time) State {
	s.Edited, s.On = time.Time{}, time.Time{}
	switch {
	case s.Enabled:
		s.Off = time.Time{}
	case s.Off.IsZero():
		s.Off = now
	}
	return s
}
