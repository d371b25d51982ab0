// Package linear lets tests demand that the cost of reading an input grows no faster than the input. It knows
// nothing of what is read.
package linear

import (
	"runtime"
	"testing"
	"time"
)

// The sizes between which the cost of a byte is compared. Large is that of the largest body, but for the race detector,
// under which a quarter of it takes long enough.
const (
	Small = Large / 16
	Large = 2 << 20 / share
)

// limit is the most that one input may cost: half of the CPU that a function of 256 MB has in its ten seconds,
// 0.145 of a processor.
const limit = 700 * time.Millisecond

// noise is the CPU time below which growth is not checked.
const noise = 30 * time.Millisecond

// Check reads as many bytes in small inputs as in a large one, which of makes. Where the cost grows with the
// square of the size, the large one costs sixteen times as much; four times leaves room for a noisy machine.
// A measurement that fails is repeated, because a busy machine can spoil it.
func Check(t *testing.T, of func(size int) string, read func(input []byte)) {
	t.Helper()
	small, large := []byte(of(Small)), []byte(of(Large))
	var base, got time.Duration
	for range 5 {
		base = cpuTime(func() {
			for range Large / Small {
				read(small)
			}
		})
		got = cpuTime(func() { read(large) })
		if got <= max(4*base, noise) && got < limit*slowness {
			return
		}
	}
	t.Errorf("%d KiB cost %v, and as many bytes in inputs of %d KiB %v: want at most four times as much, and less than %v",
		Large>>10, got, Small>>10, base, limit*slowness)
}

// cpuTime is how much CPU time a function takes on its own thread.
func cpuTime(run func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begun := threadTime()
	run()
	return threadTime() - begun
}
