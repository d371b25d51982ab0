package api

import (
	"net/url"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// register is POST /api/v2/admin/tasks/account: it registers a new task on the account (contract section 5.16).
func (a *API) register(c *call) answer {
	request, err := readRegistration(c)
	if err != nil {
		return fail(err)
	}
	if c.arguments.validateOnly {
		result, err := a.tasks.ValidateRegistration(c.Context(), c.caller, request)
		if err != nil {
			return fail(err)
		}
		return a.validated(result)
	}
	result, err := a.tasks.Register(c.Context(), c.caller, request)
	if err != nil {
		return c.failChange(err)
	}
	c.taskID = result.Task.ID
	ans := changed(result, request.IdempotencyKey)
	ans.setHeader("Location", c.location(result.Task.ID))
	return ans
}

// readRegistration reads the request for a new task. It has no preconditions, because the task does not exist yet.
func readRegistration(c *call) (request task.UpdateRequest, err error) {
	if request.RequestBody, err = readDefinition(c, wire.ReadRegistration); err != nil {
		return request, err
	}
	request.IdempotencyKey = readIdempotencyKey(c.Header, &request.Problems)
	return request, nil
}

// location is the address of a task, as a path on the host that the caller used (RFC 9110, section 10.2.2).
func (c *call) location(id uuid.UUID) string {
	address := url.URL{Path: c.base() + tasksPath + "/" + id.String()}
	return address.String()
}
