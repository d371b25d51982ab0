package api

import (
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// update is PUT /api/v1/admin/tasks/account/{id}: it updates an existing task on the account.
func (a *API) update(c *call) answer {
	request, conditions, err := readUpdate(c)
	if err != nil {
		return fail(err)
	}
	if c.arguments.validateOnly {
		result, err := a.tasks.ValidateUpdate(c.Context(), c.caller, request)
		if err != nil {
			return conditions.fail(c, err)
		}
		return a.validated(result)
	}
	result, err := a.tasks.Update(c.Context(), c.caller, request)
	if err != nil {
		return conditions.fail(c, err)
	}
	return changed(result, request.IdempotencyKey)
}

// readUpdate reads the update request. The record has the path's id even if the body cannot be read.
func readUpdate(c *call) (request task.UpdateRequest, conditions preconditions, err error) {
	var wrongID task.Problems
	request.ID = readID(c, &wrongID)
	request.RequestBody, err = readDefinition(c, func(body wire.Body) (task.RequestBody, error) {
		update, err := wire.ReadUpdate(body)
		return update.RequestBody, err
	})
	if err != nil {
		return request, conditions, err
	}
	request.Problems = append(request.Problems, wrongID...)
	conditions = readPreconditions(c.Header, &request.Problems)
	request.IfMatch, request.NotAt, request.NotAtAny = conditions.revisions(), conditions.excluded(), conditions.ifNoneMatch.any
	request.IdempotencyKey = readIdempotencyKey(c.Header, &request.Problems)
	return request, conditions, nil
}
