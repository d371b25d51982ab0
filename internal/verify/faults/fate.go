package faults

import (
	"maps"
	"math/rand/v2"
	"slices"
	"time"
)

// Fate is what becomes of one attempt.
type Fate struct {
	Fault Fault
	// Others is how many other updates of the task overtake an attempt that is held back.
	Others int
	// Pause is how long a delayed request takes.
	Pause time.Duration
	// Second tells that the second of two duplicates gets its answer through.
	Second bool
}

// Fates gives the fates of one client's attempts, in the order in which it makes them.
type Fates func() Fate

// Fates draws from the mix. The same seed and client draw the same fates, whatever other clients do. Up to
// others updates overtake an attempt that is held back, and a delay is shorter than longest.
func (m Mix) Fates(seed, client uint64, others int, longest time.Duration) Fates {
	source := rand.New(rand.NewPCG(seed, client))
	faults := slices.Sorted(maps.Keys(m))
	return func() Fate {
		fate := Fate{Fault: Delivered}
		at := source.IntN(100)
		fate.Others = source.IntN(others + 1)
		fate.Pause = time.Duration(source.Int64N(int64(longest)))
		fate.Second = source.IntN(2) == 1
		for _, fault := range faults {
			if at -= m[fault]; at < 0 {
				fate.Fault = fault
				break
			}
		}
		return fate
	}
}
