//go:build race

package runner

// defaultPlays is lower with the race detector, which makes a play about five times as slow. It looks for races, and
// more plays show it no further code.
const defaultPlays = 30
