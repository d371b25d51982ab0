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
	seconds = flag.Int("seconds", 0, "how long to run each mix; 0 means one short round")
)

// size is the size of one round. Its callers are many for its few tasks, so that they always conflict. The first task
// is updated more than ten times a second.
type size struct {
	callers    int
	operations int // of each caller
}

// The short rounds are part of every test run. The long ones run only when a duration is given.
var (
	short = size{callers: 9, operations: 20}
	long  = size{callers: 18, operations: 32}
)

const (
	// silence is the pause of the callers in the middle of a round. After it they repeat earlier changes.
	silence = 5 * time.Minute
	// longestHold is the longest time for which an attempt is held back.
	longestHold = 8 * time.Second
	// apart is the largest difference between the clocks of the instances.
	apart = 5 * time.Second
)

// TestOperationsAreLinearizable runs rounds in which concurrent clients register, read, list, update and delete a few
// tasks through an unreliable network. It checks the history of every task.
func TestOperationsAreLinearizable(t *testing.T) {
	first := *seed
	if first == 0 {
		first = rand.Uint64N(1 << 32)
	}
	rounds := short
	if *seconds > 0 {
		rounds = long
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
				r := play(t, rounds, next, chosen, nil)
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

// round is the result of one run of the clients.
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

// check returns an error if no order of the calls explains a history, or if the table applied an update again.
func (r round) check() error {
	if err := r.firstAnomaly(); err != nil {
		return err
	}
	if times := r.network.AppliedAgain(); times > 0 {
		return fmt.Errorf("updates were applied again %d times", times)
	}
	return nil
}

// play runs the callers once. If the engine is in this process, time is simulated.
func play(t *testing.T, of size, seed uint64, chosen faults.Mix, alter alteration) (r round) {
	t.Helper()
	run := func(t *testing.T) { r = playOnce(t, of, seed, chosen, alter) }
	if remoteEngine() == "" {
		synctest.Test(t, run)
	} else {
		run(t)
	}
	return r
}

func playOnce(t *testing.T, of size, seed uint64, chosen faults.Mix, alter alteration) round {
	begun := time.Now()
	s := startSystem(t, alter)
	s.addTasks(t, of.callers)
	var running sync.WaitGroup
	for number := range of.callers {
		c := s.newCaller(t, seed, number, chosen)
		c.own = s.tasks[len(s.tasks)-of.callers+number]
		running.Go(func() {
			for n := range of.operations {
				if n == of.operations/2 && remoteEngine() == "" {
					time.Sleep(silence)
				}
				c.operate()
			}
		})
	}
	running.Wait()
	s.network.Drain()
	last := s.newCaller(t, seed, of.callers, nil)
	r := round{seed: seed, network: s.network}
	for _, task := range s.tasks {
		last.read(task)
		r.histories = append(r.histories, task.history)
	}
	if err := s.network.Failure(); err != nil {
		t.Fatal(err)
	}
	r.took = time.Since(begun)
	return r
}

// newCaller makes a caller with separate random sources for its choices, its instance's identifiers and the fates of
// its attempts. Its instance has one of three clocks.
func (s *system) newCaller(t *testing.T, seed uint64, number int, chosen faults.Mix) *caller {
	skew := time.Duration(number/clientCount%3) * apart / 2
	return &caller{
		t: t, number: number, client: clientName(number), system: s,
		instance: s.startInstance(chosen.Fates(seed, uint64(number), longestHold), identifiers(seed, number), skew),
		source:   rand.New(rand.NewPCG(seed, uint64(number)+1<<32)),
		seen:     map[*subject]linearizability.View{},
	}
}

// identifiers is a source of GUIDs for one caller's instance.
func identifiers(seed uint64, caller int) io.Reader {
	var key [32]byte
	binary.LittleEndian.PutUint64(key[:], seed)
	binary.LittleEndian.PutUint64(key[8:], uint64(caller))
	return rand.NewChaCha8(key)
}
