// Package app owns the wiring: it makes each function of its parts, for the commands under functions, for the
// benchmark and for tests.
//
// It must not know what the parts do.
package app
