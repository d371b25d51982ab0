package api

import "net/http"

// read is GET /api/v1/admin/tasks/account/{id}: it shows a task as it is. Preconditions are ignored (contract section
// 5.17).
func (a *API) read(c *call) answer {
	id := readID(c, &c.problems)
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	current, err := a.tasks.Read(c.Context(), c.caller, id)
	if err != nil {
		return fail(err)
	}
	return answer{status: http.StatusOK, task: &current}
}
