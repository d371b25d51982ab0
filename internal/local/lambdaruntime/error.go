package lambdaruntime

import "errors"

// ErrClosed is returned by Invoke once the pool has been closed.
var ErrClosed = errors.New("the function's pool is closed")

// Error types that Lambda itself produces. A function's own error carries the
// type that the function reported.
const (
	// TypeInit marks a process that ended, or said it failed, before it asked
	// for its first invocation.
	TypeInit = "Runtime.InitError"
	// TypeExit marks a process that ended in the middle of an invocation.
	TypeExit = "Runtime.ExitError"
	// TypeTimeout marks an invocation, or an initialisation, over its time limit.
	TypeTimeout = "Sandbox.Timedout"
	// TypeRequestTooLarge marks an event over MaxRequestBytes.
	TypeRequestTooLarge = "RequestEntityTooLargeException"
	// TypeResponseTooLarge marks an answer over MaxResponseBytes.
	TypeResponseTooLarge = "Function.ResponseSizeTooLarge"
)

// Error is an invocation that failed on the function's side.
type Error struct {
	// Type is one of the constants above or the function's own error type.
	Type string
	// Message is what the process or the pool says about it.
	Message string
	// Instance names the process, empty where none was involved.
	Instance string
}

// Error returns type and message.
func (e *Error) Error() string { return e.Type + ": " + e.Message }
