package telemetry

import (
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

// RequestMessage is the message of the one log record that each piece of work leaves.
const RequestMessage = "request"

// Recorder writes one log record and one set of metrics for each piece of work. It is safe for concurrent use.
type Recorder struct {
	log     *slog.Logger
	metrics *Metrics
	warm    atomic.Bool // whether anything was recorded before
}

// NewRecorder makes a recorder of a process that has not worked yet.
func NewRecorder(log *slog.Logger, metrics *Metrics) *Recorder {
	return &Recorder{log: log, metrics: metrics}
}

// Record records an outcome. ctx is the context of the invocation, for the request id and the trace id; the calls to
// the table are those that were counted in it (MeasureTable).
func (r *Recorder) Record(ctx context.Context, o Outcome) {
	if o.Operation == "" {
		o.Operation = NoOperation
	}
	table := tableCalls(ctx)
	attributes := append(o.attributes(), slog.Bool("cold", !r.warm.Swap(true)))
	if table.Calls > 0 {
		attributes = append(attributes, slog.Float64("tableMs", milliseconds(table.Duration)), slog.Int("attempts", table.Attempts))
	}
	r.log.LogAttrs(ctx, o.level(), RequestMessage, attributes...)
	if err := r.metrics.write(o, table); err != nil {
		r.log.ErrorContext(ctx, "the metrics cannot be written", "cause", err)
	}
}

// Discard makes a recorder that writes nothing.
func Discard() *Recorder {
	nowhere := NewMetrics(func(string) string { return "" }, time.Now, io.Discard)
	return NewRecorder(slog.New(slog.DiscardHandler), nowhere)
}
