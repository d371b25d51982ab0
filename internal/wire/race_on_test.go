//go:build race

package wire_test

// checks is how often a property is tried.
const checks = 500
