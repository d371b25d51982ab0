package runner

import (
	"context"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// runRow is the item of a run with its history.
type runRow struct {
	run.Stored
	indexed   time.Time // DueAt as the index has it
	indexedAt time.Time // when the last change reaches the index
	putAt     time.Time // when it was stored first
	deadline  time.Time // while it was open
	// ends are the changes of what callers see of the run, with their times. There should be one.
	ends []ended
}

// ended is a run that has just ended.
type ended struct {
	at time.Time
	run.Stored
}

func (c client) PutRun(_ context.Context, s run.State, deadline time.Time) error {
	if !c.call(func() { c.putRun(s, deadline) }) {
		return &task.Error{Code: task.CodeUnavailable}
	}
	return nil
}

func (c client) ReadRun(_ context.Context, key run.Key) (run.Stored, bool, error) {
	c.p.pass(c.between(2*time.Millisecond, 15*time.Millisecond))
	r, exists := c.runs[key]
	if !exists {
		return run.Stored{}, false, nil
	}
	return r.Stored, true, nil
}

func (c client) SaveRun(_ context.Context, seen, next run.Stored) (current run.Stored, saved bool, err error) {
	if !c.call(func() { current, saved = c.saveRun(seen, next) }) {
		c.p.excuse()
		return run.Stored{}, false, &task.Error{Code: task.CodeUnavailable}
	}
	c.p.owes = uuid.Nil
	return current, saved, nil
}

// putRun stores a run once. While it is open, a later deadline is written.
func (t *table) putRun(s run.State, deadline time.Time) {
	r, exists := t.runs[s.OpenKey()]
	switch {
	case !exists:
		r = &runRow{putAt: t.now, deadline: deadline, Stored: run.Stored{
			Task: s.Ref(), User: s.Open.User, Name: s.Name, TaskID: s.TaskID, Notification: s.Notification, DueAt: deadline,
			Record: run.Record{
				ID: s.Open.ID, Due: s.Open.Due, Trigger: s.Open.Trigger, StartedOn: s.LastRunOn, Outcome: run.OutcomeRunning, Missed: s.Open.Missed,
			},
		}}
		t.runs[s.OpenKey()] = r
	case r.Outcome == run.OutcomeRunning && r.DueAt.Before(deadline):
		r.DueAt, r.deadline = deadline, deadline
	default:
		return
	}
	t.index(&r.indexed, &r.indexedAt, r.DueAt)
}

func (t *table) saveRun(seen, next run.Stored) (current run.Stored, saved bool) {
	r, exists := t.runs[seen.Key()]
	if !exists || r.Outcome != seen.Outcome || !r.DueAt.Equal(seen.DueAt) {
		if exists {
			current = r.Stored
		}
		return current, false
	}
	r.become(next, t.now)
	t.index(&r.indexed, &r.indexedAt, r.DueAt)
	return r.Stored, true
}

// become takes the state after a write and records the end of the run.
func (r *runRow) become(after run.Stored, now time.Time) {
	if after.Record != r.Record {
		r.ends = append(r.ends, ended{now, after})
	}
	r.Stored = after
}
