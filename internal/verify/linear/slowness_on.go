//go:build race

package linear

// slowness is how many times longer a function may take: the race detector looks at every access.
const slowness = 10
