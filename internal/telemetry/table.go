package telemetry

import (
	"context"
	"time"
)

// TableCalls are the calls that one piece of work made to the table, reads of the catalogue included.
type TableCalls struct {
	// Calls is how many calls were made.
	Calls int
	// Attempts is how many requests were sent for them.
	Attempts int
	// Duration is how long the calls took together, pauses between attempts included.
	Duration time.Duration
}

type tableKey struct{}

// MeasureTable attaches a count of the calls to the context of one piece of work.
func MeasureTable(ctx context.Context) (context.Context, *TableCalls) {
	calls := &TableCalls{}
	return context.WithValue(ctx, tableKey{}, calls), calls
}

// CountTableCall adds a call to the count of the work, if its context has one.
func CountTableCall(ctx context.Context, took time.Duration, attempts int) {
	if calls, ok := ctx.Value(tableKey{}).(*TableCalls); ok {
		calls.Calls++
		calls.Duration += took
		calls.Attempts += attempts
	}
}

// tableCalls returns what was counted in the context.
func tableCalls(ctx context.Context) TableCalls {
	if calls, ok := ctx.Value(tableKey{}).(*TableCalls); ok {
		return *calls
	}
	return TableCalls{}
}

// milliseconds writes a duration for the log and for metrics, with a resolution of a microsecond.
func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
