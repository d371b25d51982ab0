package runner

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/verify/faults"
)

// mortal is an instance of a function that can be killed. After that, nothing that it does has an effect.
type mortal struct {
	link *faults.Link
	bus  *lossyBus
	kill float64 // in how many of a hundred calls

	mu   sync.Mutex
	rand *rand.Rand
	dead bool
}

var errKilled = errors.New("the instance is killed")

// call makes one call of the instance. The instance may be killed before or after it.
func (m *mortal) call(make func()) error {
	m.mu.Lock()
	if !m.dead && m.rand.Float64()*100 < m.kill {
		m.dead = true
		if m.rand.IntN(2) == 0 {
			m.mu.Unlock()
			make()
			return errKilled
		}
	}
	dead := m.dead
	m.mu.Unlock()
	if dead {
		return errKilled
	}
	make()
	return nil
}

// RoundTrip implements http.RoundTripper: a call of the table.
func (m *mortal) RoundTrip(r *http.Request) (answer *http.Response, err error) {
	if killed := m.call(func() { answer, err = m.link.RoundTrip(r) }); killed != nil {
		return nil, killed
	}
	return answer, err
}

// Due implements run.Bus: a call of the bus.
func (m *mortal) Due(_ context.Context, e run.Event) (err error) {
	if killed := m.call(func() { err = m.bus.due(e) }); killed != nil {
		return killed
	}
	return err
}

// Notify implements run.Bus.
func (m *mortal) Notify(_ context.Context, s run.Stored) (err error) {
	if killed := m.call(func() { err = m.bus.notify(s) }); killed != nil {
		return killed
	}
	return err
}

// lossyBus fails, loses answers and delivers twice.
type lossyBus struct {
	faults float64

	mu   sync.Mutex
	rand *rand.Rand
	play *play
	work func(run.Event) // called for every event that arrives
}

func (b *lossyBus) due(e run.Event) error {
	return b.put(func() {
		times := 1
		if b.rand.IntN(20) == 0 {
			times = 2
		}
		for range times {
			id := e.RunID.String()
			b.play.bus.sent[id] = append(b.play.bus.sent[id], delivery{time.Now(), e})
			b.work(e)
		}
	})
}

func (b *lossyBus) notify(s run.Stored) error {
	return b.put(func() {
		b.play.bus.notified[s.ID] = append(b.play.bus.notified[s.ID], ended{time.Now(), s})
	})
}

func (b *lossyBus) put(deliver func()) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	chance := b.rand.Float64() * 100
	if chance < b.faults/2 {
		return errBus
	}
	deliver()
	if chance < b.faults {
		return errBus // the answer is lost
	}
	return nil
}
