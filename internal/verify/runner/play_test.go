package runner

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// epoch is the start of a play, close to the end of a month.
var epoch = time.Date(2027, time.January, 30, 22, 0, 0, 0, time.UTC)

// options are the parameters of a play.
type options struct {
	length        time.Duration
	tasks         int
	edits         int // of each task, in bursts
	orders        int // runs that callers ask for
	faults        float64
	busFaults     float64
	kill          float64
	outages       int // times without ticks
	holds         int // times in which the operator holds runs
	lag           time.Duration
	skew          time.Duration
	late          time.Duration
	doubled       float64
	timeout       time.Duration // of runs
	withoutNotice time.Duration // a task that is edited this often, all the time; 0 for none
}

// dense are the options of a play with many events around every occurrence.
var dense = options{
	length: 20 * time.Hour, tasks: 3, edits: 25, orders: 6, faults: 12, busFaults: 10, kill: 1, outages: 1,
	lag: 5 * time.Second, skew: 2 * time.Second, late: 59 * time.Second, doubled: 10, timeout: 40 * time.Minute,
}

// rough are the options of a play in which steps are very often cut off, repeated and overtaken.
var rough = options{
	length: 20 * time.Hour, tasks: 3, edits: 40, orders: 20, faults: 35, busFaults: 30, kill: 8, outages: 2,
	lag: 40 * time.Second, skew: 4 * time.Second, late: 59 * time.Second, doubled: 40, timeout: time.Minute,
}

// long are the options of a play of weeks.
var long = options{
	length: 3 * 7 * 24 * time.Hour, tasks: 3, edits: 60, orders: 30, faults: 12, busFaults: 10, kill: 1, outages: 6,
	lag: 5 * time.Second, skew: 2 * time.Second, late: 59 * time.Second, doubled: 10, timeout: run.DefaultTimeout,
}

// outage is a time without ticks.
type outage struct{ from, to time.Time }

// call is one call of run-now.
type call struct {
	run.Order
	keyed bool
	done  bool
	err   error
}

// play is one run through simulated time.
type play struct {
	options
	*world
	table   *table
	bus     *bus
	end     time.Time
	outages []outage
	holds   []outage // from the end of a window to the begin of the next
	rows    []*row
	calls   []*call
	worked  map[uuid.UUID]bool // the runs whose work was begun
	told    []*told
	// uncounted is how many failures of each run are not counted as excuses.
	uncounted int
}

// newPlay runs a play from a seed.
func newPlay(w *world, o options) *play {
	w.now = epoch
	p := &play{options: o, world: w, table: newTable(w), bus: newBus(w, o.busFaults), end: epoch.Add(o.length), worked: map[uuid.UUID]bool{}}
	p.bus.work = p.work
	p.table.faults, p.table.lag = o.faults, o.lag
	for range o.outages {
		from := epoch.Add(p.between(2*time.Hour, o.length-4*time.Hour))
		p.outages = append(p.outages, outage{from, from.Add(pick(w, 3*time.Minute, 20*time.Minute, 70*time.Minute, 3*time.Hour))})
	}
	p.hold(o.holds)
	for n := range o.tasks {
		p.register(n)
	}
	for _, r := range p.rows {
		w.start(0, func(caller *process) { p.editor(caller, r) })
	}
	if o.withoutNotice > 0 {
		w.start(0, p.storm)
	}
	for n := range o.orders {
		p.order(n)
	}
	w.at(epoch, func() { p.minute(epoch) })
	w.run()
	return p
}

func (p *play) register(n int) {
	id := uuid.UUID{15: byte(n)}
	r := &row{State: run.State{AccountID: "account", Task: task.Task{ID: id, Enabled: true, DateCreated: epoch}}}
	if p.percent(10) {
		r.DateCreated = time.Time{}
	}
	r.Revision.Version = 1
	r.Edited, r.LastEdit, r.DueAt, r.indexed = epoch, epoch, epoch, epoch
	p.redefine(r)(&r.Task)
	r.versions = []version{{epoch, epoch, r.Task, false}}
	p.table.tasks[r.Ref()] = r
	p.rows = append(p.rows, r)
}

// redefine draws a new definition; nearly half of them change only Parameters.
func (p *play) redefine(r *row) func(*task.Task) {
	parameters := fmt.Sprintf("%d", len(r.versions))
	if len(r.versions) > 0 && p.percent(45) {
		return func(t *task.Task) { t.Parameters = parameters }
	}
	d := task.Definition{Parameters: parameters, Frequency: pick(p.world,
		task.FrequencyHourly, task.FrequencyHourly, task.FrequencyHourly, task.FrequencyHourly, task.FrequencyHourly,
		task.FrequencyDaily, task.FrequencyMonthly, task.FrequencyNone, task.FrequencyNone, task.FrequencyWeekly)}
	ago := func(d time.Duration) time.Time { return p.now.Add(-d) }
	d.StartDate = pick(p.world, time.Time{}, ago(p.between(-3*time.Second, 3*time.Second).Truncate(time.Second)),
		ago(-p.between(5*time.Second, 100*time.Second)), ago(p.between(time.Hour, 50*time.Hour).Truncate(time.Hour)),
		ago(-p.between(time.Minute, 90*time.Minute).Truncate(time.Minute)), ago(20*24*time.Hour-p.between(0, time.Hour).Truncate(time.Second)),
		r.StartDate)
	if d.Frequency == task.FrequencyNone && p.percent(70) {
		d.StartDate = ago(pick(p.world, 2*time.Second, -15*time.Second, -70*time.Second, -10*time.Minute))
	}
	if p.percent(30) {
		d.FinishDate = p.finish(r, d)
	}
	d.Notification = task.Notification(p.rand.IntN(len(task.Notifications)))
	return func(t *task.Task) { t.Definition = d }
}

// finish draws a FinishDate, often an occurrence.
func (p *play) finish(r *row, d task.Definition) time.Time {
	finish := p.now.Add(p.between(time.Minute, 5*time.Hour).Truncate(time.Minute))
	next := calendar{task.Task{DateCreated: r.DateCreated, Definition: d}}.next(p.now)
	if !next.IsZero() && next.Before(p.now.Add(48*time.Hour)) && p.percent(60) {
		finish = next
	}
	finish = finish.Add(pick(p.world, 0, 0, 20*time.Second, time.Hour))
	if finish.Before(d.StartDate) {
		return d.StartDate
	}
	return finish
}

// editor edits a task, most of the time around an occurrence, in bursts.
func (p *play) editor(caller *process, r *row) {
	for range p.edits {
		when := p.now.Add(p.between(time.Millisecond, 4*p.length/time.Duration(p.edits)))
		near := calendar{r.Task}.next(p.now)
		if !near.IsZero() && near.Before(p.now.Add(3*time.Hour)) && p.percent(60) {
			when = near.Add(p.between(-90*time.Second, 130*time.Second).Truncate(time.Second))
		}
		caller.pass(max(time.Millisecond, when.Sub(p.now)))
		if p.now.After(p.end.Add(-time.Hour)) {
			return
		}
		bursts := 1
		if p.percent(40) {
			bursts = 2 + p.rand.IntN(3)
		}
		for range bursts {
			p.edit(r, p.redefine(r), p.percent(2))
			caller.pass(pick(p.world, time.Millisecond, 300*time.Millisecond, 2*time.Second, 10*time.Second, 35*time.Second, 70*time.Second))
		}
	}
}

func (p *play) edit(r *row, change func(*task.Task), deleted bool) {
	on, off := true, false
	enabled := pick(p.world, nil, nil, nil, &on, &on, &off)
	if !r.Enabled {
		enabled = pick(p.world, &on, &on, nil)
	}
	p.table.edit(r, p.now.Add(p.between(-p.skew, p.skew)), change, enabled, deleted)
}

// storm edits one task continuously.
func (p *play) storm(caller *process) {
	for p.now.Before(p.end) {
		r := p.rows[0]
		p.table.edit(r, p.now, func(*task.Task) {}, nil, false)
		caller.pass(p.withoutNotice)
	}
}

// order makes a caller run a task now, around a tick, and repeat the call if it has a key.
func (p *play) order(n int) {
	when := epoch.Add(p.between(0, p.length-2*time.Hour).Truncate(time.Minute)).Add(pick(p.world, p.between(0, time.Minute), 0, 200*time.Millisecond, time.Minute-100*time.Millisecond))
	p.at(when, func() {
		r, keyed := p.rows[p.rand.IntN(len(p.rows))], p.percent(60)
		p.start(0, func(caller *process) {
			for range 4 {
				made := &call{Order: run.Order{Ref: r.Ref(), User: "user", Token: fmt.Sprintf("token-%d", n), Fingerprint: "run"}, keyed: keyed}
				p.calls = append(p.calls, made)
				p.start(p.kill, func(instance *process) {
					_, made.err = p.runner(instance).Now(context.Background(), made.Order)
					made.done = true
				})
				caller.pass(pick(p.world, 50*time.Millisecond, 3*time.Second, 40*time.Second, 5*time.Minute))
				if !keyed || made.done && made.err == nil && p.percent(50) {
					return
				}
			}
		})
	})
}

// runner is the code under test, in a process.
func (p *play) runner(instance *process) *run.Runner {
	return run.NewRunner(client{p.table, instance}, sender{p.bus, instance}, p.timeout, func() time.Time { return p.now.Add(instance.tick) })
}

// minute plays the tick of a minute. The tick comes late, twice, or not at all.
func (p *play) minute(tick time.Time) {
	if tick.After(p.end.Add(30 * time.Minute)) {
		return
	}
	p.at(tick.Add(time.Minute), func() { p.minute(tick.Add(time.Minute)) })
	for _, o := range p.outages {
		if !tick.Before(o.from) && tick.Before(o.to) {
			return
		}
	}
	times := 1
	if p.percent(p.doubled) {
		times = 2
	}
	late := p.between(0, p.late)
	for n := range times {
		switch {
		case n > 0 && p.percent(50): // at the same time
			late += p.between(0, 20*time.Millisecond)
		case n > 0:
			late = p.between(0, p.late)
		}
		if p.percent(3) {
			late = p.between(time.Minute, 200*time.Second)
		}
		p.at(tick.Add(late), func() { p.start(p.kill, func(instance *process) { p.tick(instance, tick) }) })
	}
}

func (p *play) tick(instance *process, tick time.Time) {
	r := p.runner(instance)
	window, _ := r.Window(context.Background())
	for shard := range min(run.Shards, p.tasks) {
		// The errors are failures of the table and the bus; the next tick continues.
		_, _ = r.Shard(context.Background(), shard, tick, window)
	}
}
