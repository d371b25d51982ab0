// Package linear lets tests check that the cost of reading an input grows no faster than the input. It must not know
// the formats that are read.
package linear

import (
	"runtime"
	"testing"
	"time"
)

// The sizes whose costs for each byte are compared. Large is the size of the largest body. With the race detector it is
// a quarter of that, which takes long enough.
const (
	Small = Large / 16
	Large = 2 << 20 / share
)

// limit is the maximum cost of one input: half of the CPU time that a function of 256 MB (0.145 of a processor) has in
// its ten seconds.
const limit = 700 * time.Millisecond

// noise is the CPU time below which the growth is not checked.
const noise = 30 * time.Millisecond

// Check reads the same number of bytes in small inputs and in one large input; of makes the inputs. If the cost grows
// with the square of the size, the large input costs sixteen times as much. The limit is four times, because of noise
// on the machine. A failed measurement is repeated, because a busy machine can spoil it.
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
	t.Errorf("an input of %d KiB cost %v, and the same number of bytes in inputs of %d KiB cost %v: want at most four times as much, and less than %v",
		Large>>10, got, Small>>10, base, limit*slowness)
}

// cpuTime returns the CPU time that a function takes on its own thread.
func cpuTime(run func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begun := threadTime()
	run()
	return threadTime() - begun
}
