package faults

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
)

// Network is the unreliable network. Links to it may be used concurrently.
type Network struct {
	table    http.RoundTripper
	gate     *gate
	underway sync.WaitGroup
	drained  chan struct{}

	mu      sync.Mutex
	met     map[Fault]int
	failure error
}

// NewNetwork makes a network in front of the table. At most bound other updates of a task come between the
// first application of a write and the last arrival of one of its attempts.
func NewNetwork(table http.RoundTripper, bound int) *Network {
	return &Network{table: table, gate: newGate(bound), drained: make(chan struct{}), met: map[Fault]int{}}
}

// Link connects a client whose attempts meet the fates.
func (n *Network) Link(fates Fates) *Link { return &Link{network: n, fates: fates} }

// Drain lets every attempt arrive that is still underway, and waits for it. Nothing may be sent afterwards.
func (n *Network) Drain() {
	close(n.drained)
	n.gate.drain()
	n.underway.Wait()
}

// Met tells how many attempts met each fault.
func (n *Network) Met() map[Fault]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.met)
}

// Repeats tells how many attempts arrived at the table after their write had been applied, and were not
// applied again. Ask after Drain.
func (n *Network) Repeats() int {
	n.gate.mu.Lock()
	defer n.gate.mu.Unlock()
	return n.gate.repeats
}

// Failure tells that the table itself failed, beside all that the network did: what was applied is not known
// then, and nothing can be concluded from the run.
func (n *Network) Failure() error {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.failure
}

func (n *Network) count(f Fault) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.met[f]++
}

// arrival is the end of an attempt at the table.
type arrival struct {
	answer *answer
	err    error
}

// dispatch sends an attempt once ready returns, in its own time: its sender may give up and go.
func (n *Network) dispatch(a *attempt, w *write, ready func()) <-chan arrival {
	arrived := make(chan arrival, 1)
	n.underway.Go(func() {
		ready()
		p := n.gate.enter(w)
		answer, err := a.send(n.table)
		n.gate.leave(p, n.wasApplied(answer, err))
		arrived <- arrival{answer, err}
	})
	return arrived
}

// wasApplied tells it from the table's answer. Where the table gives none it is taken to have been.
func (n *Network) wasApplied(answer *answer, err error) bool {
	if err == nil && answer.status != http.StatusOK && answer.status != http.StatusBadRequest {
		err = fmt.Errorf("status %d", answer.status)
	}
	if err != nil {
		n.mu.Lock()
		n.failure = fmt.Errorf("the table itself failed: %w", err)
		n.mu.Unlock()
		return true
	}
	return answer.status == http.StatusOK
}
