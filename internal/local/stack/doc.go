// Package stack assembles the local stack: table, functions, gateway, event bus and schedules, on loopback addresses.
// It owns the wiring, the order of starting and ending, and the line that is printed for each request.
//
// It must not implement the behaviour of any part; each part has its own package.
package stack
