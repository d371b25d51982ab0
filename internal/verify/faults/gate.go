package faults

import "sync"

// gate lets attempts through to the table, and keeps the network's promise: between the first application of
// a write and the last arrival of one of its attempts at most bound other updates of the task are applied.
// For this it must know which writes may still send attempts; an update that would be one too many waits
// until they have.
type gate struct {
	bound int

	mu       sync.Mutex
	changed  *sync.Cond // anything below
	draining bool       // nothing is held back any more
	tasks    map[string]*task
	repeats  int // attempts that arrived after their write had been applied and were not applied again
}

// task is the traffic of one item of the table.
type task struct {
	writes  map[string]*write // by token; only those that can still send attempts
	atTable map[*passage]bool // those that may be the first application of their write
	applied int               // updates, since the beginning
}

// write is one write: every attempt with its token.
type write struct {
	task     *task
	token    string
	open     bool              // its sender may send it again
	underway int               // attempts that have not come to their end
	atTable  int               // of these, the ones whose outcome is awaited
	applied  int               // how often
	after    map[*passage]bool // updates of others that were, or may yet be, applied after this write
}

// passage is one attempt at the table.
type passage struct {
	write  *write
	repeat bool // the write had been applied before
}

func newGate(bound int) *gate {
	g := &gate{bound: bound, tasks: map[string]*task{}}
	g.changed = sync.NewCond(&g.mu)
	return g
}

// announce makes an attempt known that is about to be sent, or held back.
func (g *gate) announce(key, token string) *write {
	g.mu.Lock()
	defer g.mu.Unlock()
	t := g.tasks[key]
	if t == nil {
		t = &task{writes: map[string]*write{}, atTable: map[*passage]bool{}}
		g.tasks[key] = t
	}
	w := t.writes[token]
	if w == nil {
		w = &write{task: t, token: token, after: map[*passage]bool{}}
		t.writes[token] = w
	}
	w.open = true
	w.underway++
	return w
}

// hold waits until others updates of the task have overtaken the attempt, or as many as may come after its
// write.
func (g *gate) hold(w *write, others int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	overtaken := w.task.applied - w.applied
	for !g.draining && w.task.applied-w.applied < overtaken+others && w.countAfter() < g.bound {
		g.changed.Wait()
	}
}

// enter waits until an attempt may go to the table.
func (g *gate) enter(w *write) *passage {
	g.mu.Lock()
	defer g.mu.Unlock()
	for w.applied == 0 && w.task.isFull(w, g.bound) {
		g.changed.Wait()
	}
	p := &passage{write: w, repeat: w.applied > 0}
	if !p.repeat {
		w.task.note(p)
	}
	w.atTable++
	return p
}

// leave tells what became of an attempt at the table.
func (g *gate) leave(p *passage, applied bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	w := p.write
	delete(w.task.atTable, p)
	w.atTable--
	w.underway--
	switch {
	case applied:
		w.applied++
		w.task.applied++
	case w.applied > 0:
		g.repeats++
	}
	if !applied {
		for _, other := range w.task.writes {
			delete(other.after, p)
		}
	}
	if !w.mayBeApplied() {
		clear(w.after)
	}
	w.forget()
	g.changed.Broadcast()
}

// settle tells that nobody will send the writes again; attempts that are underway still arrive.
func (g *gate) settle(writes []*write) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, w := range writes {
		w.open = false
		w.forget()
	}
	g.changed.Broadcast()
}

// drain lets everything go that is held back.
func (g *gate) drain() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.draining = true
	g.changed.Broadcast()
}

// isFull tells whether an update by w could be one too many for another write. It cannot be for w itself: of
// the writes at the table now, the first to come would have had too many already.
func (t *task) isFull(w *write, bound int) bool {
	for _, other := range t.writes {
		if other != w && other.mayBeApplied() && len(other.after) >= bound {
			return true
		}
	}
	return false
}

// note counts an attempt that goes to the table against every write that it may come after, and those
// already there against its own.
func (t *task) note(p *passage) {
	for _, other := range t.writes {
		if other != p.write && other.mayBeApplied() {
			other.after[p] = true
		}
	}
	if !p.write.mayBeApplied() {
		for already := range t.atTable {
			p.write.after[already] = true
		}
	}
	t.atTable[p] = true
}

func (w *write) mayBeApplied() bool { return w.applied > 0 || w.atTable > 0 }

// countAfter counts the others' updates that were applied after this write.
func (w *write) countAfter() int {
	n := 0
	for p := range w.after {
		if !w.task.atTable[p] {
			n++
		}
	}
	return n
}

// forget takes the write off the task's once it can send no more attempts.
func (w *write) forget() {
	if !w.open && w.underway == 0 {
		delete(w.task.writes, w.token)
	}
}
