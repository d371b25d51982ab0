// Package schedule is the local stack's EventBridge Scheduler. It owns the times at which the template's schedules
// invoke their functions, and the input of each invocation.
//
// It must not know how a function is invoked or what its input means.
package schedule
