//go:build race

package main

// raceDetector tells that the race detector is on. It allocates, and so do the pools that it empties.
const raceDetector = true
