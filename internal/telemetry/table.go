package telemetry

import (
	"context"
	"time"
)

// TableCalls are the calls that one request made to the table.
type TableCalls struct {
	// Duration is how long they took together, pauses between attempts included.
	Duration time.Duration
	// Attempts is how many requests were sent for them.
	Attempts int
}

type tableKey struct{}

// MeasureTable attaches a count of the calls to the context of a request.
func MeasureTable(ctx context.Context) (context.Context, *TableCalls) {
	calls := &TableCalls{}
	return context.WithValue(ctx, tableKey{}, calls), calls
}

// CountTableCall adds a call to the count of the request, if its context has one.
func CountTableCall(ctx context.Context, took time.Duration, attempts int) {
	if calls, ok := ctx.Value(tableKey{}).(*TableCalls); ok {
		calls.Duration += took
		calls.Attempts += attempts
	}
}

// Milliseconds writes a duration for the log and for metrics, with a resolution of a microsecond.
func Milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
