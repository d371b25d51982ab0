//go:build !linux

package linear

import "time"

var begun = time.Now()

// threadTime is the elapsed time, because this system does not give a thread's CPU time.
func threadTime() time.Duration { return time.Since(begun) }
