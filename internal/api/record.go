package api

import (
	"log/slog"
	"net/http"

	"github.com/google/uuid"

	"accounttasks/internal/telemetry"
)

// record writes one record and one set of metrics for a call. From the request they have only the method and the task's
// id. The id is left out if the account has no such task, because it may be another account's.
func (a *API) record(next handler) handler {
	return func(c *call) answer {
		begun := a.now()
		ctx, _ := telemetry.MeasureTable(c.Context())
		c.Request = c.WithContext(ctx)
		ans := next(c)
		outcome := telemetry.Outcome{
			Operation: c.recorded(),
			Changed:   ans.changed,
			Replayed:  ans.replayed,
			AccountID: c.caller.AccountID(),
			TaskID:    c.taskID,
			Duration:  a.now().Sub(begun),
			Details: append([]slog.Attr{slog.String("method", c.Method), slog.String("route", c.pattern),
				slog.Int("status", ans.status)}, ans.details...),
		}
		if ans.err != nil {
			outcome.Code, outcome.Cause, outcome.Fault = ans.err.Code, ans.err.Cause, failureOf(ans.err.Code).fault
		}
		if ans.status == http.StatusNotFound {
			outcome.TaskID = uuid.Nil
		}
		a.recorder.Record(ctx, outcome)
		return ans
	}
}

// recorded is the operation's name in the record and the metrics. A request that only validates has another name, so that it does
// not count in the alarm on refused updates.
func (c *call) recorded() string {
	if c.arguments.validateOnly {
		return "Validate" + c.operation()
	}
	return c.operation()
}
