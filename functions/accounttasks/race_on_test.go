//go:build race

package main

// detectorShare is by how much the race detector raises the number of allocations, mostly by emptying pools.
const detectorShare = 1.09
