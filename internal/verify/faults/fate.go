package faults

import (
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// Fate is what happens to one attempt.
type Fate struct {
	Fault Fault
	// Way and Back are the durations of the request and of its answer.
	Way, Back time.Duration
	// Pause is how much longer a request is held back.
	Pause time.Duration
}

// Fates returns the fates of one client's attempts, in the order in which it makes them.
type Fates func() Fate

// longestWay is the maximum duration of a request or an answer without a fault.
const longestWay = 15 * time.Millisecond

// Fates draws from the mix. The same seed and client draw the same fates, whatever other clients do. A request is held
// back for less than longest.
func (m Mix) Fates(seed, client uint64, longest time.Duration) Fates {
	source := rand.New(rand.NewPCG(seed, client))
	faults := slices.Sorted(maps.Keys(m))
	drawn := func(below time.Duration) time.Duration { return time.Duration(source.Int64N(int64(below))) }
	var mu sync.Mutex
	return func() Fate {
		mu.Lock()
		defer mu.Unlock()
		fate := Fate{Fault: Delivered}
		at := source.IntN(100)
		fate.Way, fate.Back, fate.Pause = drawn(longestWay), drawn(longestWay), drawn(longest)
		for _, fault := range faults {
			if at -= m[fault]; at < 0 {
				fate.Fault = fault
				break
			}
		}
		return fate
	}
}
