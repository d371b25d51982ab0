//go:build race

package main

// detectorShare is the factor by which the race detector raises the number of allocations, mostly because it empties
// pools.
const detectorShare = 1.09
