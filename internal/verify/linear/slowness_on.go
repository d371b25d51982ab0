//go:build race

package linear

// The race detector checks every memory access.
const (
	slowness = 10 // how many times longer a function may take
	share    = 4  // how many times smaller the inputs are
)
