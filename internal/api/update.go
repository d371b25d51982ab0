package api

import (
	"net/http"
	"strings"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// update is PUT /api/v1/admin/tasks/account/{id}: it updates an existing task on the account.
func (a *API) update(c *call) answer {
	request, err := readUpdate(c)
	if err != nil {
		return failTask(request, err)
	}
	result, err := a.tasks.Update(c.Context(), c.caller, request)
	if err != nil {
		return failTask(request, err)
	}
	ans := answer{status: http.StatusOK, detail: &result.Task, taskID: request.ID, changed: !result.Replayed, replayed: result.Replayed}
	if ans.replayed {
		ans.setHeader("Idempotency-Replayed", "true")
	}
	return ans
}

// failTask is the answer to an update that failed.
func failTask(request task.UpdateRequest, err error) answer {
	ans := fail(err)
	ans.taskID = request.ID
	return ans
}

// readUpdate reads everything the caller says of the update: body, path and headers. A request that cannot be read
// has the path's id all the same.
func readUpdate(c *call) (task.UpdateRequest, error) {
	id := c.PathValue("id")
	taskID, isGUID := wire.ParseGUID(id)
	body, err := c.readBody()
	if err != nil {
		return task.UpdateRequest{ID: taskID}, err
	}
	request, err := wire.Read(body)
	request.ID = taskID
	if err != nil {
		return request, err
	}
	if !isGUID {
		request.Problems.AddInvalid(task.FieldID, task.FieldID.String(), task.QuoteValue(id))
	}
	var ok bool
	if request.IfMatch, ok = parseIfMatch(c.Header.Values("If-Match")); !ok {
		addInvalidHeader(&request, task.FieldIfMatch, c.Header)
	}
	if request.IdempotencyKey, ok = parseIdempotencyKey(c.Header.Values("Idempotency-Key")); !ok {
		addInvalidHeader(&request, task.FieldIdempotencyKey, c.Header)
	}
	return request, nil
}

func addInvalidHeader(request *task.UpdateRequest, f task.Field, header http.Header) {
	lines := header.Values(f.String())
	request.Problems.AddInvalid(f, f.String(), task.QuoteValue(strings.Join(lines, ", ")))
}
