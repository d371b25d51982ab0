package runner

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// table has the tasks and records what happens to them.
type table struct {
	*world
	window run.Window
	faults float64       // in how many of a hundred calls something goes wrong
	lag    time.Duration // of the index, at most
	tasks  map[run.Ref]*row
	runs   map[run.Key]*runRow
}

// row is a task with its history.
type row struct {
	run.State
	indexed   time.Time // DueAt as the index has it
	indexedAt time.Time // when the last change reaches the index
	versions  []version
	claims    []claim
	looks     []time.Time
}

// version is a definition of a task and the edit that made it.
type version struct {
	at, clock time.Time // of the edit: the true time and that of the instance
	task.Task
	deleted bool
}

// claim is a run that was claimed.
type claim struct {
	at time.Time
	run.Run
	enabled, deleted bool
	definition       task.Task
}

// started is a window that has begun long before a play.
var started = run.Window{From: epoch.AddDate(-1, 0, 0)}

// newTable returns a table without faults.
func newTable(w *world) *table {
	return &table{world: w, window: started, tasks: map[run.Ref]*row{}, runs: map[run.Key]*runRow{}}
}

// client is a process's connection to the table. It implements run.Store.
type client struct {
	*table
	p *process
}

func (c client) Due(_ context.Context, shard int, until time.Time, _ string) ([]run.Key, string, error) {
	var page []run.Key
	add := func(key run.Key, indexed time.Time) {
		if shardOf(key.Ref) == shard && !indexed.IsZero() && !indexed.After(until) {
			page = append(page, key)
		}
	}
	for ref, r := range c.tasks {
		add(run.Key{Ref: ref}, r.indexed)
	}
	for key, r := range c.runs {
		add(key, r.indexed)
	}
	slices.SortFunc(page, func(a, b run.Key) int {
		return cmp.Or(slices.Compare(a.ID[:], b.ID[:]), a.Due.Compare(b.Due), slices.Compare(a.RunID[:], b.RunID[:]))
	})
	return page, "", nil
}

// shardOf puts every task of a play into a separate shard.
func shardOf(ref run.Ref) int { return int(ref.ID[15]) % run.Shards }

// Window implements run.Store.
func (c client) Window(context.Context) (run.Window, error) { return c.window, nil }

func (c client) Read(_ context.Context, ref run.Ref) (run.State, bool, error) {
	c.p.pass(c.between(2*time.Millisecond, 15*time.Millisecond))
	r, exists := c.tasks[ref]
	if !exists {
		return run.State{}, false, nil
	}
	return r.copied(), true, nil
}

func (c client) Save(_ context.Context, seen, next run.State) (current run.State, saved bool, err error) {
	applied := c.call(func() { current, saved = c.save(seen, next) })
	if !applied {
		return run.State{}, false, &task.Error{Code: task.CodeUnavailable}
	}
	return current, saved, nil
}

// call makes a call up to three times, as the SDK does; it reports whether an answer came.
func (c client) call(apply func()) (answered bool) {
	for range 3 {
		c.p.pass(c.between(time.Millisecond, 10*time.Millisecond))
		if !c.percent(c.faults) {
			apply()
			c.p.pass(c.between(time.Millisecond, 10*time.Millisecond))
			return true
		}
		switch c.rand.IntN(4) {
		case 0: // the call is lost
			c.p.pass(1500 * time.Millisecond)
		case 1: // the answer is lost
			apply()
			c.p.pass(c.between(5*time.Millisecond, 1500*time.Millisecond))
		case 2: // the call is held back
			c.after(c.between(time.Millisecond, 8*time.Second), apply)
			c.p.pass(1500 * time.Millisecond)
		case 3: // the call is doubled
			apply()
			c.p.pass(c.between(time.Millisecond, 10*time.Millisecond))
			c.after(c.between(20*time.Millisecond, 8*time.Second), apply)
			return true
		}
	}
	return false
}

// save is the conditional write. If the call is applied late, its answer is dropped.
func (t *table) save(seen, next run.State) (current run.State, saved bool) {
	r := t.tasks[seen.Ref()]
	if !r.isAs(seen, next) {
		return r.copied(), false
	}
	claimed := next.Open != nil && r.Open == nil
	r.Kept = next.Kept
	r.Edited, r.On, r.Off = next.Edited, next.On, next.Off
	r.LastRunOn, r.LastRunBy = next.LastRunOn, next.LastRunBy
	r.Marks = maps.Clone(next.Marks)
	if claimed {
		r.claims = append(r.claims, claim{t.now, *next.Open, r.Enabled, r.Deleted, r.Task})
	}
	if !claimed || next.Open.Trigger == run.TriggerSchedule {
		r.looks = append(r.looks, t.now)
	}
	t.index(&r.indexed, &r.indexedAt, r.DueAt)
	return r.copied(), true
}

func (r *row) isAs(seen, next run.State) bool {
	for token := range next.Marks {
		_, marked := r.Marks[token]
		_, was := seen.Marks[token]
		if marked && !was {
			return false
		}
	}
	sameRun := r.Open == nil && seen.Open == nil || r.Open != nil && seen.Open != nil && r.Open.ID == seen.Open.ID
	return sameRun && r.Deleted == seen.Deleted && r.DueAt.Equal(seen.DueAt) && r.Claims == seen.Claims && r.Revision.Version == seen.Revision.Version
}

func (r *row) copied() run.State {
	s := r.State
	s.Marks = maps.Clone(s.Marks)
	return s
}

// index updates DueAt in the index after a delay, in the order of the changes.
func (t *table) index(indexed, indexedAt *time.Time, due time.Time) {
	lag := t.between(0, 100*time.Millisecond)
	if t.percent(10) {
		lag = t.between(0, t.lag)
	}
	at := t.now.Add(lag)
	if at.Before(*indexedAt) {
		at = *indexedAt
	}
	*indexedAt = at
	t.at(at, func() { *indexed = due })
}

// edit applies an update to a task as the update expression does, with the clock of an instance. If enabled is nil, the
// flag is kept.
func (t *table) edit(r *row, clock time.Time, change func(*task.Task), enabled *bool, deleted bool) {
	if r.Deleted {
		return
	}
	switch {
	case deleted:
		r.Deleted, r.DueAt = true, time.Time{}
	default:
		r.Revision.Version++
		r.DueAt, r.LastEdit = clock, clock
		if r.Edited.IsZero() {
			r.Edited = clock
		}
		change(&r.Task)
		if enabled != nil {
			r.enable(*enabled, clock)
		}
	}
	r.versions = append(r.versions, version{t.now, clock, r.Task, r.Deleted})
	t.index(&r.indexed, &r.indexedAt, r.DueAt)
}

// enable sets the flag with its notes.
func (r *row) enable(enabled bool, clock time.Time) {
	r.Enabled = enabled
	switch {
	case !enabled:
		r.Next, r.Off, r.On = time.Time{}, clock, time.Time{}
	case r.On.IsZero():
		r.On = clock
	}
}
