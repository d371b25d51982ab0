package faults

import (
	"fmt"
	"maps"
	"net/http"
	"sync"
	"time"
)

// Network is the unreliable network. Links to it may be used concurrently.
type Network struct {
	table    http.RoundTripper
	underway sync.WaitGroup

	mu      sync.Mutex
	met     map[Fault]int
	applied map[string]int // how often each write was, by its token
	repeats int
	failure error
}

// NewNetwork makes a network in front of the table.
func NewNetwork(table http.RoundTripper) *Network {
	return &Network{table: table, met: map[Fault]int{}, applied: map[string]int{}}
}

// Link connects a client. The fates decide what happens to its attempts.
func (n *Network) Link(fates Fates) *Link { return &Link{network: n, fates: fates} }

// Drain waits until every attempt that is still underway has arrived.
func (n *Network) Drain() { n.underway.Wait() }

// Met returns how many attempts had each fault.
func (n *Network) Met() map[Fault]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.met)
}

// Repeats returns how many attempts arrived at the table after their write had been applied, and were not applied
// again.
func (n *Network) Repeats() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.repeats
}

// AppliedAgain returns how many times a write was applied again.
func (n *Network) AppliedAgain() (times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, applied := range n.applied {
		times += applied - 1
	}
	return times
}

// Failure returns an error if the table itself failed. It is then unknown what was applied, and the run proves nothing.
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

// arrival is the table's answer to an attempt.
type arrival struct {
	answer *answer
	err    error
}

// dispatch sends an attempt after a pause. It runs independently of the sender, which may give up.
func (n *Network) dispatch(a *attempt, after time.Duration) <-chan arrival {
	arrived := make(chan arrival, 1)
	n.underway.Go(func() {
		time.Sleep(after)
		answer, err := a.send(n.table)
		n.note(a, answer, err)
		arrived <- arrival{answer, err}
	})
	return arrived
}

// note counts the result of a write at the table.
func (n *Network) note(a *attempt, answer *answer, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case err == nil && answer.status != http.StatusOK && answer.status != http.StatusBadRequest:
		err = fmt.Errorf("status %d", answer.status)
		fallthrough
	case err != nil:
		n.failure = fmt.Errorf("the table itself failed: %w", err)
	case a.token == "":
	case answer.status == http.StatusOK:
		n.applied[a.key+a.token]++
	case n.applied[a.key+a.token] > 0:
		n.repeats++
	}
}
