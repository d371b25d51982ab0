package linearizability_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

// coverage counts what happened in a run: how calls ended, and which faults the network caused.
type coverage struct {
	mu       sync.Mutex
	outcomes map[string]int
	met      map[faults.Fault]int
	repeats  int
}

func (c *coverage) add(network *faults.Network, histories []*linearizability.History) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, h := range histories {
		c.outcomes = sum(c.outcomes, h.Outcomes())
	}
	c.met = sum(c.met, network.Met())
	c.repeats += network.Repeats()
}

func sum[K comparable](a, b map[K]int) map[K]int {
	total := map[K]int{}
	for _, counts := range []map[K]int{a, b} {
		for name, n := range counts {
			total[name] += n
		}
	}
	return total
}

// wanted are the outcomes that every run must have. rare are those that only a long run must have.
var (
	wanted = []string{
		"read", "register 200", "register replayed", "register 422",
		"update 200", "update replayed", "update 404", "update 412", "update 422", "update 429", "update 503", "delete 200",
	}
	rare = []string{"register 404", "register 429", "register 503", "delete replayed", "delete 404", "delete 412", "delete 422", "delete 429", "delete 503"}
)

// check checks that the run had every wanted outcome and fault.
func (c *coverage) check(t *testing.T) {
	c.mu.Lock()
	defer c.mu.Unlock()
	outcomes := wanted
	if *seconds > 0 {
		outcomes = slices.Concat(wanted, rare)
	}
	for _, outcome := range outcomes {
		if c.outcomes[outcome] == 0 {
			t.Errorf("no call ended with %s", outcome)
		}
	}
	for fault := range faults.Mixes["all"] {
		if c.met[fault] == 0 && *seconds > 0 {
			t.Errorf("no attempt met the fault %s", fault)
		}
	}
	if c.repeats == 0 {
		t.Error("no attempt arrived after its write had been applied")
	}
}

// String describes the run in one line.
func (c *coverage) String() string {
	return fmt.Sprintf("calls %s; attempts %s; repeats not applied again %d", list(c.outcomes), list(c.met), c.repeats)
}

func list[K ~string](counts map[K]int) string {
	var entries []string
	for _, name := range slices.Sorted(maps.Keys(counts)) {
		entries = append(entries, fmt.Sprintf("%s %d", name, counts[name]))
	}
	return strings.Join(entries, ", ")
}
