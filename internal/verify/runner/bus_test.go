package runner

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// bus fails, loses answers and delivers twice.
type bus struct {
	*world
	faults float64
	sent   map[string][]delivery // by run id
	// notified are the notifications that the bus took, by run.
	notified map[uuid.UUID][]ended
	// work is called for every event that arrives.
	work func(run.Event)
}

func newBus(w *world, faults float64) *bus {
	return &bus{world: w, faults: faults, sent: map[string][]delivery{}, notified: map[uuid.UUID][]ended{}}
}

// delivery is an event that arrived.
type delivery struct {
	at time.Time
	run.Event
}

// sender is a process's connection to the bus. It implements run.Bus.
type sender struct {
	*bus
	p *process
}

var errBus = errors.New("the bus did not answer")

func (s sender) Due(_ context.Context, e run.Event) error {
	return s.send(func() { s.deliver(e) })
}

func (s sender) Notify(_ context.Context, n run.Stored) error {
	err := s.send(func() {
		s.notified[n.ID] = append(s.notified[n.ID], ended{s.now, n})
		s.p.owes = n.ID
	})
	if err != nil {
		s.p.owes = uuid.Nil // what was sent is excused already
	}
	return err
}

func (s sender) send(deliver func()) error {
	for range 3 {
		s.p.pass(s.between(2*time.Millisecond, 20*time.Millisecond))
		if s.percent(s.faults / 2) {
			s.p.pass(200 * time.Millisecond)
			continue
		}
		deliver()
		if !s.percent(s.faults / 2) {
			return nil
		}
		s.p.excuse()
		s.p.pass(200 * time.Millisecond) // the answer is lost
	}
	return errBus
}

func (b *bus) deliver(e run.Event) {
	times := 1
	if b.percent(5) {
		times = 2
	}
	for range times {
		b.after(b.between(time.Millisecond, 3*time.Second), func() {
			id := e.RunID.String()
			b.sent[id] = append(b.sent[id], delivery{b.now, e})
			b.work(e)
		})
	}
}
