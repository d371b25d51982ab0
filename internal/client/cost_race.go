//go:build race

package client

// usualCost is lower in a build with the race detector, which makes bcrypt ten times slower. Such a build is for tests
// only: the functions are built without cgo, and so without the detector.
const usualCost = 4
