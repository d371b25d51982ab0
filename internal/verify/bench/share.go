package main

import (
	"fmt"
	"time"
)

// period is the time in which a throttled program gets its quota of CPU time, and for which it waits once that is used.
// AWS does not publish Lambda's; this is the length that others have measured there.
const period = 20 * time.Millisecond

// share is how much CPU time a program gets in its invocations.
type share struct {
	name  string
	quota time.Duration // in each period; zero means as much as it wants
}

// whole is the share of a program that is not throttled.
var whole = share{}

// shares are those of Lambda's memory sizes: the smallest, the one of the template, and the one with a whole processor.
var shares = []share{shareOf(128), shareOf(256), shareOf(1769)}

// shareOf is Lambda's share of CPU time for a memory size. At 1,769 MB a function has one processor; the share
// is proportional to the memory.
func shareOf(megabytes int) share {
	quota := period * time.Duration(megabytes) / 1769
	return share{fmt.Sprintf("%d MB", megabytes), quota.Truncate(time.Microsecond)}
}

// metric is the name of a metric under this share.
func (s share) metric(m metric) metric {
	if s == whole {
		return m
	}
	return metric(s.name+": ") + m
}
