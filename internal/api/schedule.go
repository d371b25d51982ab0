package api

import (
	"net/http"

	"accounttasks/internal/wire"
)

// schedule is GET /api/v1/admin/tasks/account/{id}/schedule: it lists when the task will run next.
func (a *API) schedule(c *call) answer {
	id := readID(c, &c.problems)
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	dates, err := a.runs.Upcoming(c.Context(), c.caller, id, c.arguments.count)
	if err != nil {
		return fail(err)
	}
	return answer{status: http.StatusOK, detail: wire.DatesDetail(dates)}
}
