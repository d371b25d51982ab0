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

const outcomeUnknown = "The service did not get an answer in time, and the change may have been made: "

// unknownWithoutKey are the sentences about a change whose outcome is unknown and whose request has no Idempotency-Key,
// by operation: its repeat may be a second change (contract section 5.15).
var unknownWithoutKey = map[string]string{
	"RegisterTask": outcomeUnknown + "list the tasks before you repeat the request, and send an Idempotency-Key next time.",
	"UpdateTask":   outcomeUnknown + "look at the task before you repeat the request, and send an Idempotency-Key next time.",
	"DeleteTask":   outcomeUnknown + "look at the task before you repeat the request, and send an Idempotency-Key next time.",
	"RunTask":      outcomeUnknown + "look at the task's LastRunOn before you repeat the request, and send an Idempotency-Key next time.",
	"AddClient":    outcomeUnknown + "a repeat may add a second client, and only a request with an Idempotency-Key can be repeated safely.",
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
		reason: outcomeUnknown + "repeat the request with the same Idempotency-Key."},
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

// failChange is the answer to a change that failed with err.
func (c *call) failChange(err error) answer {
	e := *task.AsError(err)
	if e.Code == task.CodeUnavailable && e.Reason == "" && len(c.Header.Values(idempotencyKey.String())) == 0 {
		e.Reason = unknownWithoutKey[c.operation()]
	}
	return fail(&e)
}
