//go:build !linux

package linear

import "time"

var begun = time.Now()

// threadTime is the time that has passed, where a thread's CPU time is not to be had.
func threadTime() time.Duration { return time.Since(begun) }
