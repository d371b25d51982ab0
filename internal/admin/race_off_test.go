//go:build !race

package main

const defaultOldTasks = 200
