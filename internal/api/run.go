package api

import (
	"log/slog"
	"net/http"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// runID is the id in the query of a run (contract section 3).
var runID = parameter{task.NewField("id", "the GUID of a task on your account in the query", task.BeforeBody),
	func(value string, into *arguments) (ok bool) {
		into.id, ok = wire.ParseGUID(value)
		into.idSent = true
		return ok
	}}

// run is POST /api/v1/admin/tasks/account/run?id=: it runs a task now (contract section 5.20). The body is ignored.
func (a *API) run(c *call) answer {
	c.taskID = c.arguments.id
	if !c.arguments.idSent {
		c.problems.AddMissing(runID.Field)
	}
	key := readIdempotencyKey(c.Header, &c.problems)
	if err := c.problems.Err(); err != nil {
		return fail(err)
	}
	ordered, err := a.runs.Run(c.Context(), c.caller, c.taskID, key)
	if err != nil {
		return c.failChange(err)
	}
	ans := answer{status: http.StatusOK, detail: wire.EmptyDetail(), changed: !ordered.Replayed, replayed: ordered.Replayed}
	if ordered.Unfinished != nil {
		ans.details = []slog.Attr{slog.Any("unfinished", ordered.Unfinished)}
	}
	if ordered.Replayed {
		ans.setHeader("Idempotency-Replayed", "true")
	}
	return ans
}
