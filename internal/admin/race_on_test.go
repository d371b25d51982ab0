//go:build race

package main

// defaultOldTasks is lower with the race detector: it makes the rehearsal slow, and more tasks show it no further code.
const defaultOldTasks = 40
