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

// Link connects a client whose attempts meet the fates.
func (n *Network) Link(fates Fates) *Link { return &Link{network: n, fates: fates} }

// Drain waits until every attempt has arrived that is still underway.
func (n *Network) Drain() { n.underway.Wait() }

// Met tells how many attempts met each fault.
func (n *Network) Met() map[Fault]int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return maps.Clone(n.met)
}

// Repeats tells how many attempts arrived at the table after their write had been applied, and were not
// applied again.
func (n *Network) Repeats() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.repeats
}

// AppliedAgain tells how often a write was applied that had been applied before.
func (n *Network) AppliedAgain() (times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, applied := range n.applied {
		times += applied - 1
	}
	return times
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

// dispatch has an attempt arrive after a while, in its own time: its sender may give up and go.
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

// note counts what the table says of a write.
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
