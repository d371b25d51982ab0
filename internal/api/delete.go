package api

import "accounttasks/internal/task"

// delete is DELETE /api/v1/admin/tasks/account/{id}: it deletes a task and shows it as it was (contract section 5.19).
func (a *API) delete(c *call) answer {
	request := task.DeleteRequest{ID: readID(c, &c.problems)}
	conditions := readPreconditions(c.Header, &c.problems)
	request.IfMatch, request.NotAt, request.NotAtAny = conditions.revisions(), conditions.excluded(), conditions.ifNoneMatch.any
	request.IdempotencyKey = readIdempotencyKey(c.Header, &c.problems)
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	result, err := a.tasks.Delete(c.Context(), c.caller, request)
	if err != nil {
		return conditions.fail(c, err)
	}
	return changed(result, request.IdempotencyKey)
}
