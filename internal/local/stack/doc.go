// Package stack assembles the local stack: table, functions, gateway, event
// bus and schedules, on loopback addresses. It owns the wiring, the order of
// starting and ending, and the line that each request leaves on the terminal.
//
// It must not decide what any of the parts does; each has its own package.
package stack
