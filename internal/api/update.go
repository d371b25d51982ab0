package api

import (
	"net/http"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// update is PUT /api/v1/admin/tasks/account/{id}: it updates an existing task on the account.
func (a *API) update(c *call) answer {
	request, conditions, err := readUpdate(c)
	c.taskID = request.ID
	if err != nil {
		return fail(err)
	}
	result, err := a.tasks.Update(c.Context(), c.caller, request)
	if err != nil {
		return conditions.fail(err)
	}
	// Only a caller that sent a key can have repeated the update.
	replayed := result.Replayed && request.IdempotencyKey != ""
	ans := answer{status: http.StatusOK, detail: &result.Task, changed: !replayed, replayed: replayed}
	if ans.replayed {
		ans.setHeader("Idempotency-Replayed", "true")
	}
	return ans
}

// readUpdate reads everything the caller says of the update: body, path and headers. A request that cannot be read
// has the path's id all the same.
func readUpdate(c *call) (request task.UpdateRequest, conditions preconditions, err error) {
	id := c.PathValue("id")
	taskID, isGUID := wire.ParseGUID(id)
	body, err := c.readBody()
	if err == nil {
		request, err = wire.Read(body)
	}
	request.ID = taskID
	if err != nil {
		return request, conditions, err
	}
	if !isGUID {
		request.Problems.AddInvalid(task.FieldID, task.FieldID.String(), task.QuoteValue(id))
	}
	conditions = readPreconditions(c.Header, &request.Problems)
	request.IfMatch, request.NotAt, request.NotAtAny = conditions.revisions(), conditions.excluded(), conditions.ifNoneMatch.any
	request.IdempotencyKey = readIdempotencyKey(c.Header, &request.Problems)
	return request, conditions, nil
}
