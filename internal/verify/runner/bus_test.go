package runner

import (
	"context"
	"errors"
	"time"

	"accounttasks/internal/run"
)

// bus fails, loses answers and delivers twice.
type bus struct {
	*world
	faults float64
	sent   map[string][]delivery // by run id
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
	for range 3 {
		s.p.pass(s.between(2*time.Millisecond, 20*time.Millisecond))
		if s.percent(s.faults / 2) {
			s.p.pass(200 * time.Millisecond)
			continue
		}
		s.deliver(e)
		if !s.percent(s.faults / 2) {
			return nil
		}
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
		})
	}
}
