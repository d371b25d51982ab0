package telemetry

import (
	"context"
	"log/slog"
)

// FailureMessage is the message of the log record of an invocation that failed and was not answered.
const FailureMessage = "failed"

// RecordFailure records why an invocation failed, with the stack of a panic. Lambda counts the failure itself.
func (r *Recorder) RecordFailure(ctx context.Context, cause error) {
	r.log.LogAttrs(ctx, slog.LevelError, FailureMessage, causeAttributes(cause)...)
}
