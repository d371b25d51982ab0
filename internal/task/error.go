package task

import (
	"errors"
)

// Code names what went wrong, in the words of the contract's error table.
type Code string

// The codes of the contract's error table.
const (
	CodeMalformedBody        Code = "MalformedBody"
	CodeInvalidRequest       Code = "InvalidRequest"
	CodeUnknownTask          Code = "UnknownTask"
	CodeUnauthorized         Code = "Unauthorized"
	CodeForbidden            Code = "Forbidden"
	CodeTaskNotFound         Code = "TaskNotFound"
	CodeRouteNotFound        Code = "RouteNotFound"
	CodeMethodNotAllowed     Code = "MethodNotAllowed"
	CodePreconditionFailed   Code = "PreconditionFailed"
	CodePayloadTooLarge      Code = "PayloadTooLarge"
	CodeUnsupportedMediaType Code = "UnsupportedMediaType"
	CodeIdempotencyKeyReused Code = "IdempotencyKeyReused"
	CodeTooManyRequests      Code = "TooManyRequests"
	CodeUnavailable          Code = "Unavailable"
	CodeInternalError        Code = "InternalError"
)

// Error is a failure with a code, and with a reason that is safe to show to callers.
type Error struct {
	Code Code
	// Reason is one or more sentences for the caller. It is empty if the domain has nothing to add to the code.
	Reason string
	// Current is the task as it is now, where the code is CodePreconditionFailed.
	Current *Task
	// Cause is for the log only.
	Cause error
}

// Error describes the error for the log.
func (e *Error) Error() string {
	if e.Cause == nil {
		return string(e.Code) + ": " + e.Reason
	}
	return string(e.Code) + ": " + e.Cause.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// AsError returns the *Error in err's chain. Any other error is an internal one: its text is kept for the
// log, and callers learn only that it happened.
func AsError(err error) *Error {
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	return &Error{Code: CodeInternalError, Reason: "An internal error occurred.", Cause: err}
}
