package runner

import (
	"container/heap"
	"iter"
	"math/rand/v2"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// world simulates time: events happen one after the other, in the order of time.
type world struct {
	now    time.Time
	rand   *rand.Rand
	queue  queue
	events int
	// excuses counts for each run how often its notification was sent without a note of it: the bus's answer was lost, the
	// table did not answer, or the instance was killed.
	excuses   map[uuid.UUID]int
	processes int
}

func newWorld(random *rand.Rand) *world { return &world{rand: random, excuses: map[uuid.UUID]int{}} }

// at schedules an event at a time.
func (w *world) at(t time.Time, happen func()) {
	w.events++
	heap.Push(&w.queue, event{t, w.events, happen})
}

// after schedules an event after a duration.
func (w *world) after(d time.Duration, happen func()) { w.at(w.now.Add(d), happen) }

// run runs all events.
func (w *world) run() {
	for len(w.queue) > 0 {
		e := heap.Pop(&w.queue).(event)
		w.now = e.at
		e.happen()
	}
}

// between draws a duration in whole milliseconds.
func (w *world) between(low, high time.Duration) time.Duration {
	return low + time.Duration(w.rand.Int64N(int64((high-low)/time.Millisecond)+1))*time.Millisecond
}

// percent is true in p of a hundred draws.
func (w *world) percent(p float64) bool { return w.rand.Float64()*100 < p }

func pick[T any](w *world, choices ...T) T { return choices[w.rand.IntN(len(choices))] }

// process is the work of an instance of a function, or of a caller. Between two of its steps time passes and other
// processes work.
type process struct {
	w     *world
	kill  float64 // in how many of a hundred steps it is killed
	dead  bool
	yield func(time.Duration) bool
	// owes is the run whose notification the process has sent and not noted; the zero id for none.
	owes uuid.UUID
	// tick tells its clock from those of other processes at the same time.
	tick time.Duration
}

// excuse counts a notification that is sent again because of a failure.
func (p *process) excuse() {
	if p.owes != uuid.Nil {
		p.w.excuses[p.owes]++
	}
}

// killed ends a process.
type killed struct{}

// start starts a process.
func (w *world) start(kill float64, body func(*process)) {
	next, _ := iter.Pull(func(yield func(time.Duration) bool) {
		defer func() {
			if cause := recover(); cause != nil && cause != (killed{}) {
				panic(cause)
			}
		}()
		w.processes++
		body(&process{w: w, kill: kill, yield: yield, tick: time.Duration(w.processes%10_000) * task.DateResolution})
	})
	var step func()
	step = func() {
		if d, alive := next(); alive {
			w.after(d, step)
		}
	}
	w.after(0, step)
}

// pass lets time pass. It does not return if the process is killed meanwhile, or was killed before: the runner recovers a
// panic and goes on.
func (p *process) pass(d time.Duration) {
	if p.dead {
		panic(killed{})
	}
	p.yield(d)
	if p.dead = p.kill > 0 && p.w.percent(p.kill); p.dead {
		p.excuse()
		panic(killed{})
	}
}

type event struct {
	at     time.Time
	number int
	happen func()
}

// queue is a heap.
type queue []event

func (q queue) Len() int { return len(q) }
func (q queue) Less(i, j int) bool {
	if q[i].at.Equal(q[j].at) {
		return q[i].number < q[j].number
	}
	return q[i].at.Before(q[j].at)
}
func (q queue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(e any)   { *q = append(*q, e.(event)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
