package linearizability_test

import (
	"encoding/binary"
	"flag"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

var (
	seed    = flag.Uint64("seed", 0, "the seed of the run; 0 draws one")
	mix     = flag.String("mix", "", "the faults: a mix's name or, for instance, hold=10,drop-answer=20; empty means every named mix")
	seconds = flag.Int("seconds", 0, "how long to run each mix; 0 means one round")
)

// The size of one round: enough clients on few enough tasks that they are always in each other's way.
const (
	clients    = 8
	tasks      = 3
	operations = 50 // of each client
	// othersBetween is what the register of write tokens allows for (contract section 5.13).
	othersBetween = 3
)

// TestUpdatesAreLinearizable has concurrent clients update and read a few tasks through an unreliable network,
// round after round, and checks the history of every task.
func TestUpdatesAreLinearizable(t *testing.T) {
	first := *seed
	if first == 0 {
		first = rand.Uint64N(1 << 32)
	}
	seen := &coverage{}
	if *mix == "" {
		t.Cleanup(func() { seen.check(t) })
	}
	for _, name := range mixNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			chosen, err := faults.ParseMix(name)
			if err != nil {
				t.Fatal(err)
			}
			until := time.Now().Add(time.Duration(*seconds) * time.Second)
			for next := first; ; next++ {
				runRound(t, next, name, chosen, seen)
				if t.Failed() || !time.Now().Before(until) {
					return
				}
			}
		})
	}
}

func mixNames() []string {
	if *mix != "" {
		return []string{*mix}
	}
	return slices.Sorted(maps.Keys(faults.Mixes))
}

// runRound runs the clients on tasks of their own.
func runRound(t *testing.T, seed uint64, name string, chosen faults.Mix, seen *coverage) {
	begun := time.Now()
	s := startSystem(t, tasks, othersBetween)
	histories := make([]*linearizability.History, len(s.tasks))
	for i := range histories {
		histories[i] = linearizability.NewHistory(stored)
	}
	histories[tasks] = linearizability.NewHistory(linearizability.View{})
	var running sync.WaitGroup
	for number := range clients {
		c := s.newCaller(t, seed, number, chosen, histories)
		running.Go(func() {
			for range operations {
				c.operate()
			}
		})
	}
	running.Wait()
	s.network.Drain()
	last := s.newCaller(t, seed, clients, nil, histories)
	for task := range s.tasks {
		last.read(task)
	}
	if err := s.network.Failure(); err != nil {
		t.Fatal(err)
	}
	var round coverage
	round.add(s.network, histories)
	seen.add(s.network, histories)
	t.Logf("seed %d, mix %s, %s: %s", seed, name, time.Since(begun).Round(time.Millisecond), &round)
	for i, h := range histories {
		if err := h.Check(); err != nil {
			t.Errorf("seed %d, mix %s, task %s: %v", seed, name, s.tasks[i], err)
		}
	}
}

// newCaller makes a client with sources of its own: for its choices, its function's identifiers and the fates
// of its attempts.
func (s *system) newCaller(t *testing.T, seed uint64, number int, chosen faults.Mix, histories []*linearizability.History) *caller {
	fates := chosen.Fates(seed, uint64(number), othersBetween, 2*s.attemptLimit)
	return &caller{
		t: t, number: number, system: s, histories: histories,
		function: s.startFunction(t, fates, identifiers(seed, number)),
		source:   rand.New(rand.NewPCG(seed, uint64(number)+1<<32)),
		seen:     make([]linearizability.View, len(s.tasks)),
	}
}

// identifiers is a source of GUIDs of one client's function.
func identifiers(seed uint64, client int) io.Reader {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	binary.LittleEndian.PutUint64(key[8:], uint64(client))
	return rand.NewChaCha8(key)
}
