//go:build !race

package linear

const (
	slowness = 1 // how many times longer a function may take
	share    = 1 // how many times smaller the inputs are
)
