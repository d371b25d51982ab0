//go:build !race

package client

// usualCost is bcrypt's cost for secrets that people chose: 65 ms of a whole processor.
const usualCost = 10
