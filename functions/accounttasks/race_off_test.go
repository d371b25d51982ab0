//go:build !race

package main

// detectorShare is 1: the race detector is off.
const detectorShare = 1
