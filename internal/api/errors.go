package api

import (
	"net/http"

	"accounttasks/internal/task"
)

// failure is the row of the contract's error table for a code.
type failure struct {
	status int
	// retryAfter is the number of seconds after which the caller may try again. It is empty if trying again does not
	// help.
	retryAfter string
	// fault says that the service caused the failure, not the caller.
	fault bool
	// reason is the sentence for the caller if the error itself has none. Sentences about header fields are here,
	// because the domain and the table do not know HTTP.
	reason string
}

// failures is the contract's error table.
var failures = map[task.Code]failure{
	task.CodeMalformedBody:    {status: http.StatusBadRequest},
	task.CodeInvalidRequest:   {status: http.StatusBadRequest},
	task.CodeUnknownTask:      {status: http.StatusBadRequest},
	task.CodeUnauthorized:     {status: http.StatusUnauthorized},
	task.CodeForbidden:        {status: http.StatusForbidden},
	task.CodeTaskNotFound:     {status: http.StatusNotFound},
	task.CodeRouteNotFound:    {status: http.StatusNotFound},
	task.CodeMethodNotAllowed: {status: http.StatusMethodNotAllowed},
	task.CodePreconditionFailed: {status: http.StatusPreconditionFailed,
		reason: "The task has changed since the entity-tag in If-Match: look at the current task and send its ETag."},
	task.CodePayloadTooLarge:      {status: http.StatusRequestEntityTooLarge},
	task.CodeUnsupportedMediaType: {status: http.StatusUnsupportedMediaType},
	task.CodeIdempotencyKeyReused: {status: http.StatusUnprocessableEntity,
		reason: "The Idempotency-Key was used for another request: send a new key with each request, and the same one only to repeat it."},
	task.CodeTooManyRequests: {status: http.StatusTooManyRequests, retryAfter: "1", fault: true},
	task.CodeUnavailable: {status: http.StatusServiceUnavailable, retryAfter: "1", fault: true,
		reason: "The service did not get an answer in time, and the change may have been made: repeat the request with the same Idempotency-Key."},
	task.CodeInternalError: internalError,
}

var internalError = failure{status: http.StatusInternalServerError, fault: true}

// failureOf returns the row of a code; a code that the table does not list is an internal error.
func failureOf(code task.Code) failure {
	if f, listed := failures[code]; listed {
		return f
	}
	return internalError
}

// fail is the answer to a call that failed with err. Only this function computes the status.
func fail(err error) answer {
	e := *task.AsError(err)
	f := failureOf(e.Code)
	if e.Reason == "" {
		e.Reason = f.reason
	}
	ans := answer{status: f.status, err: &e, task: e.Current}
	if f.retryAfter != "" {
		ans.setHeader("Retry-After", f.retryAfter)
	}
	return ans
}
