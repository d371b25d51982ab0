package linearizability_test

import (
	"encoding/binary"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

var (
	seed    = flag.Uint64("seed", 0, "the seed of the run; 0 draws one")
	mix     = flag.String("mix", "", "the faults: a mix's name or, for instance, hold=10,drop-answer=20; empty means every named mix")
	seconds = flag.Int("seconds", 0, "how long to run each mix; 0 means one round")
)

// The size of one round: enough clients on few enough tasks that they are always in each other's way, and the first
// one is updated more than ten times a second.
const (
	clients    = 16
	tasks      = 2
	operations = 32 // of each client
	// silence is what the clients wait for in the middle of a round; afterwards they repeat updates from before.
	silence = 5 * time.Minute
	// longestHold is for how long an attempt is held back at most.
	longestHold = 8 * time.Second
	// apart is what the clocks of the functions differ by at most.
	apart = 5 * time.Second
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
				r := play(t, next, chosen, nothing)
				seen.add(r.network, r.histories)
				t.Logf("mix %s, %s", name, r)
				if err := r.check(); err != nil {
					t.Errorf("seed %d, mix %s: %v", next, name, err)
				}
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

// round is what happened when the clients were run once.
type round struct {
	seed      uint64
	took      time.Duration
	network   *faults.Network
	histories []*linearizability.History // by task
}

// String describes the round in one line.
func (r round) String() string {
	var happened coverage
	happened.add(r.network, r.histories)
	return fmt.Sprintf("seed %d, %s of the clients' time: %s", r.seed, r.took.Round(time.Millisecond), &happened)
}

// check gives what is wrong with the round: a history that no order of the calls explains, or an update that the
// table applied again.
func (r round) check() error {
	if err := r.firstAnomaly(); err != nil {
		return err
	}
	if times := r.network.AppliedAgain(); times > 0 {
		return fmt.Errorf("updates were applied again %d times", times)
	}
	return nil
}

// play runs the clients once, in simulated time where the engine is in this process.
func play(t *testing.T, seed uint64, chosen faults.Mix, alter alteration) (r round) {
	t.Helper()
	run := func(t *testing.T) { r = playOnce(t, seed, chosen, alter) }
	if remoteEngine() == "" {
		synctest.Test(t, run)
	} else {
		run(t)
	}
	return r
}

func playOnce(t *testing.T, seed uint64, chosen faults.Mix, alter alteration) round {
	begun := time.Now()
	s := startSystem(t, tasks, alter)
	histories := make([]*linearizability.History, len(s.tasks))
	for i := range histories {
		histories[i] = linearizability.NewHistory(stored)
	}
	histories[tasks] = linearizability.NewHistory(linearizability.View{})
	var running sync.WaitGroup
	for number := range clients {
		c := s.newCaller(t, seed, number, chosen, histories)
		running.Go(func() {
			for n := range operations {
				if n == operations/2 && remoteEngine() == "" {
					time.Sleep(silence)
				}
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
	return round{seed, time.Since(begun), s.network, histories}
}

// newCaller makes a client with sources of its own: for its choices, its function's identifiers and the fates
// of its attempts. Its function's clock is one of three.
func (s *system) newCaller(t *testing.T, seed uint64, number int, chosen faults.Mix, histories []*linearizability.History) *caller {
	skew := time.Duration(number%3) * apart / 2
	return &caller{
		t: t, number: number, system: s, histories: histories,
		function: s.startFunction(t, chosen.Fates(seed, uint64(number), longestHold), identifiers(seed, number), skew),
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
