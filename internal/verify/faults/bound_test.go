package faults_test

import (
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/verify/faults"
)

// TestNetworkKeepsItsBound has clients send writes of one item, each write up to three times, and looks at
// the order in which their attempts arrived.
func TestNetworkKeepsItsBound(t *testing.T) {
	const bound = 3
	table := newLedger()
	network := faults.NewNetwork(table, bound)
	mix := faults.Mix{faults.DropAnswer: 20, faults.ResetAfter: 20, faults.Duplicate: 10, faults.LateDuplicate: 30, faults.Delay: 5}
	var running sync.WaitGroup
	for client := range uint64(8) {
		link := network.Link(mix.Fates(1, client, bound, time.Millisecond))
		running.Go(func() {
			for n := range 100 {
				token := fmt.Sprint(client, "-", n)
				for attempt := 0; attempt < 3 && update(link, token, brief) != "200"; attempt++ {
				}
				link.Settle()
			}
		})
	}
	running.Wait()
	network.Drain()
	most := 0
	for token, others := range overtaken(table.arrivals) {
		most = max(most, others)
		if others > bound {
			t.Errorf("%d other writes came between the first and the last attempt of %s, want at most %d", others, token, bound)
		}
	}
	if most < bound {
		t.Errorf("never more than %d other writes came between, want the bound of %d to be reached", most, bound)
	}
}

// overtaken counts for every write the others that were applied between its application and the last
// arrival of one of its attempts.
func overtaken(arrivals []arrival) map[string]int {
	appliedBefore, others, applied := map[string]int{}, map[string]int{}, 0
	for _, a := range arrivals {
		if a.applied {
			applied++
			appliedBefore[a.token] = applied
		}
		others[a.token] = applied - appliedBefore[a.token]
	}
	return others
}

func TestHeldAttemptArrivesAfterTheOthers(t *testing.T) {
	for round := range 100 {
		others := round % 4
		table := newLedger()
		network := faults.NewNetwork(table, 3)
		update(network.Link(always(faults.Fate{Fault: faults.LateDuplicate, Others: others})), "held", long)
		otherUpdates(t, network, 3)
		network.Drain()
		if got := overtaken(table.arrivals)["held"]; got < others {
			t.Fatalf("the attempt was overtaken by %d others, want at least %d", got, others)
		}
	}
}

// otherUpdates makes updates that nothing may hold up.
func otherUpdates(t *testing.T, network *faults.Network, n int) {
	t.Helper()
	link := network.Link(always(faults.Fate{Fault: faults.Delivered}))
	for range n {
		if got := update(link, uuid.NewString(), long); got != "200" {
			t.Fatalf("an update in between sees %s, want 200", got)
		}
		link.Settle()
	}
}

func TestAttemptIsHeldNoLongerThanTheBoundAllows(t *testing.T) {
	table := newLedger()
	network := faults.NewNetwork(table, 3)
	fates := []faults.Fate{{Fault: faults.DropAnswer}, {Fault: faults.LateDuplicate, Others: 3}}
	link := network.Link(func() faults.Fate {
		next := fates[0]
		fates = fates[1:]
		return next
	})
	update(link, "held", long)
	otherUpdates(t, network, 2)
	update(link, "held", long)
	link.Settle()
	otherUpdates(t, network, 5)
	network.Drain()
	if got := overtaken(table.arrivals)["held"]; got != 3 {
		t.Errorf("the attempt was overtaken by %d others, want 3", got)
	}
	if got := network.Repeats(); got != 2 {
		t.Errorf("got %d repeats, want the second attempt and its duplicate", got)
	}
}

func TestRefusedUpdatesCountForNothing(t *testing.T) {
	network := faults.NewNetwork(newLedger(), 3)
	update(network.Link(always(faults.Fate{Fault: faults.DropAnswer})), "may come again", long)
	link := network.Link(always(faults.Fate{Fault: faults.Delivered}))
	for n, want := range []string{"200", "400", "400", "400", "400", "400"} {
		if got := update(link, "the same", long); got != want {
			t.Errorf("update %d sees %s, want %s", n, got, want)
		}
		link.Settle()
	}
}

func TestUpdateThatWouldBeOneTooManyWaits(t *testing.T) {
	network := faults.NewNetwork(newLedger(), 3)
	waitedFor := network.Link(always(faults.Fate{Fault: faults.DropAnswer}))
	update(waitedFor, "may come again", long)
	otherUpdates(t, network, 3)
	link := network.Link(always(faults.Fate{Fault: faults.Delivered}))
	if got := update(link, "too many", brief); got != "silence" {
		t.Errorf("the fourth update sees %s, want silence", got)
	}
	link.Settle()
	waitedFor.Settle()
	otherUpdates(t, network, 1)
}

// TestUpdateAlreadyAtTheTableCounts has an update arrive before another one and be applied after it.
func TestUpdateAlreadyAtTheTableCounts(t *testing.T) {
	ledger, arrived, release := newLedger(), make(chan bool, 8), make(chan bool)
	network := faults.NewNetwork(roundTripper(func(r *http.Request) (*http.Response, error) {
		if arrived <- true; len(arrived) == 1 {
			<-release
		}
		return ledger.RoundTrip(r)
	}), 3)
	slow := network.Link(always(faults.Fate{Fault: faults.StallAfter}))
	update(slow, "slow", brief)
	slow.Settle()
	for len(arrived) == 0 {
		runtime.Gosched()
	}
	update(network.Link(always(faults.Fate{Fault: faults.DropAnswer})), "may come again", long)
	close(release)
	otherUpdates(t, network, 2)
	if got := update(network.Link(always(faults.Fate{Fault: faults.Delivered})), "too many", brief); got != "silence" {
		t.Errorf("the third update after it, beside the slow one, sees %s, want silence", got)
	}
}

// TestNoMoreAtTheTableThanTheBoundAllows has a table that does not answer while several clients wait for it.
// Each of those at the table may be the first to be applied, and then all the others come after it.
func TestNoMoreAtTheTableThanTheBoundAllows(t *testing.T) {
	arrived, release := make(chan bool, 8), make(chan bool)
	ledger := newLedger()
	network := faults.NewNetwork(roundTripper(func(r *http.Request) (*http.Response, error) {
		arrived <- true
		<-release
		return ledger.RoundTrip(r)
	}), 3)
	var running sync.WaitGroup
	for range cap(arrived) {
		link := network.Link(always(faults.Fate{Fault: faults.Delivered}))
		running.Go(func() {
			update(link, uuid.NewString(), brief)
			link.Settle()
		})
	}
	running.Wait()
	if got := len(arrived); got != 4 {
		t.Errorf("%d attempts are at the table at once, want 4", got)
	}
	close(release)
	network.Drain()
	if got := len(ledger.arrivals); got != cap(arrived) {
		t.Errorf("%d attempts arrived in the end, want all %d", got, cap(arrived))
	}
}
