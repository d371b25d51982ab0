package api

import (
	"net/http"

	"accounttasks/internal/task"
)

// statuses is the contract's error table.
var statuses = map[task.Code]int{
	task.CodeMalformedBody:        http.StatusBadRequest,
	task.CodeInvalidRequest:       http.StatusBadRequest,
	task.CodeUnknownTask:          http.StatusBadRequest,
	task.CodeUnauthorized:         http.StatusUnauthorized,
	task.CodeForbidden:            http.StatusForbidden,
	task.CodeTaskNotFound:         http.StatusNotFound,
	task.CodeRouteNotFound:        http.StatusNotFound,
	task.CodeMethodNotAllowed:     http.StatusMethodNotAllowed,
	task.CodePreconditionFailed:   http.StatusPreconditionFailed,
	task.CodePayloadTooLarge:      http.StatusRequestEntityTooLarge,
	task.CodeUnsupportedMediaType: http.StatusUnsupportedMediaType,
	task.CodeIdempotencyKeyReused: http.StatusUnprocessableEntity,
	task.CodeTooManyRequests:      http.StatusTooManyRequests,
	task.CodeUnavailable:          http.StatusServiceUnavailable,
	task.CodeInternalError:        http.StatusInternalServerError,
}

func statusOf(code task.Code) int {
	if status, listed := statuses[code]; listed {
		return status
	}
	return http.StatusInternalServerError
}
