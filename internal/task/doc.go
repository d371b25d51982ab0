// Package task is the domain of tasks: what a scheduled task on an account is, which changes to it are allowed, when it
// is due, and how a change is carried out (contract sections 1 and 5).
//
// It owns the fields of a task, the rules and the error codes. It must not know HTTP, wire formats or AWS. Time,
// identifiers and storage are passed in, so that every rule can be read and tested alone.
package task
