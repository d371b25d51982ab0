// Package schedule is the local stack's EventBridge Scheduler: it owns the times
// at which the template's schedules invoke their functions, and the input that
// each invocation gets.
//
// It must not know how a function is invoked or what its input means.
package schedule
