//go:build !race

package runner

const defaultPlays = 100
