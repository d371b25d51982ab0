package telemetry

import (
	"log/slog"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// NoOperation is the operation of work that belongs to none, such as a request for an unknown path.
const NoOperation = "None"

// Outcome is one piece of work that a function has finished.
type Outcome struct {
	// Operation names what was done, such as UpdateTask. Empty means NoOperation. It is a dimension of the
	// metrics, so its values must be few.
	Operation string
	// Code tells how the work ended; empty means success.
	Code task.Code
	// Fault says that the service, not its caller, is to blame for Code.
	Fault bool
	// Cause is what the log says of a failure beyond its code.
	Cause error
	// Changed says that a change was applied. A repeat that finds its change applied before changes nothing.
	Changed bool
	// Replayed says that the change had been applied before.
	Replayed bool
	// AccountID is the caller's account; empty where the caller is unknown.
	AccountID string
	// TaskID is the task in question; zero where there is none that the log may name.
	TaskID uuid.UUID
	// Duration is how long the work took.
	Duration time.Duration
	// Details are further attributes of the log record.
	Details []slog.Attr
}

// level is the level of the record. A refusal has a cause only where something besides the caller's own words is
// wrong, such as an event that is not a request.
func (o Outcome) level() slog.Level {
	switch {
	case o.Fault:
		return slog.LevelError
	case o.Cause != nil:
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// attributes are those of the record, without the calls to the table.
func (o Outcome) attributes() []slog.Attr {
	attributes := append([]slog.Attr{
		slog.String("operation", o.Operation),
		slog.Float64("durationMs", milliseconds(o.Duration)),
	}, o.Details...)
	if o.AccountID != "" {
		attributes = append(attributes, slog.String("account", o.AccountID))
	}
	if o.TaskID != uuid.Nil {
		attributes = append(attributes, slog.String("task", o.TaskID.String()))
	}
	if o.Code == "" {
		return append(attributes, slog.Bool("replayed", o.Replayed))
	}
	attributes = append(attributes, slog.String("code", string(o.Code)))
	return append(attributes, causeAttributes(o.Cause)...)
}
