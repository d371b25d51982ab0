//go:build !race

package linear

// slowness is how many times longer a function may take.
const slowness = 1
