package api

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// record leaves one record of a request in the log. Of what the caller sent it holds the method and the task's
// id, unless the account has no such task: it may be another's.
func (a *API) record(r *http.Request, ans answer, took time.Duration, table telemetry.TableCalls) {
	attributes := []slog.Attr{
		slog.String("method", r.Method),
		slog.String("route", ans.route),
		slog.Float64("durationMs", telemetry.Milliseconds(took)),
		slog.Bool("cold", !a.warm.Swap(true)),
	}
	if table.Attempts > 0 {
		attributes = append(attributes, slog.Float64(telemetry.AttrTable, telemetry.Milliseconds(table.Duration)),
			slog.Int(telemetry.AttrAttempts, table.Attempts))
	}
	if caller, known := task.CallerFrom(r.Context()); known {
		attributes = append(attributes, slog.String("account", caller.AccountID()))
	}
	level, status := slog.LevelInfo, http.StatusOK
	if ans.err == nil {
		attributes = append(attributes, slog.Bool(telemetry.AttrReplayed, ans.result.Replayed))
	} else {
		status = statusOf(ans.err.Code)
		attributes = append(attributes, slog.String(telemetry.AttrCode, string(ans.err.Code)))
		if status >= http.StatusInternalServerError || status == http.StatusTooManyRequests {
			level = slog.LevelError
			attributes = append(attributes, slog.Any("cause", ans.err.Cause))
		}
	}
	if ans.task != uuid.Nil && status != http.StatusNotFound {
		attributes = append(attributes, slog.String("task", ans.task.String()))
	}
	attributes = append(attributes, slog.Int("status", status))
	a.log.LogAttrs(r.Context(), level, telemetry.RequestMessage, attributes...)
}
