package telemetry

import (
	"context"
	"log/slog"
	"time"

	"accounttasks/internal/run"
)

// TickMessage is the message of the log record of a tick of the runner.
const TickMessage = "tick"

// tickDocument holds the metrics of one tick, by function.
type tickDocument struct {
	AWS          declaration `json:"_aws"`
	Level        string      `json:"level"`
	Timestamp    string      `json:"timestamp"`
	FunctionName string
	Looked       int
	Claimed      int
	Missed       int64
	Failed       int
	Unsent       int
	Lag          float64
}

// tickMetrics are declared by every tick, so that an alarm has data even where nothing is due.
var tickMetrics = []metric{
	{"Looked", "Count"}, {"Claimed", "Count"}, {"Missed", "Count"}, {"Failed", "Count"}, {"Unsent", "Count"}, {"Lag", "Seconds"},
}

// RecordTick records what the runner has done in the tick of a time. A tick without anything to do leaves metrics, and
// a log record at debug level only. ctx is the context of the invocation.
func (r *Recorder) RecordTick(ctx context.Context, scheduled time.Time, t run.Tally, took time.Duration) {
	level := slog.LevelInfo
	switch {
	case t.Failed > 0:
		level = slog.LevelError
	case t.Looked == 0:
		level = slog.LevelDebug
	}
	r.log.LogAttrs(ctx, level, TickMessage, slog.Time("scheduled", scheduled), slog.Float64("durationMs", milliseconds(took)),
		slog.Int("looked", t.Looked), slog.Int("claimed", t.Claimed), slog.Int64("missed", t.Missed),
		slog.Int("failed", t.Failed), slog.Int("unsent", t.Unsent), slog.Float64("lagSeconds", t.Lag.Seconds()))
	if err := r.metrics.writeTick(t); err != nil {
		r.log.ErrorContext(ctx, "the metrics cannot be written", "cause", err)
	}
}

func (m *Metrics) writeTick(t run.Tally) error {
	now := m.now()
	return m.writeLine(tickDocument{
		AWS:   declaration{Timestamp: now.UnixMilli(), CloudWatchMetrics: []directive{{namespace, [][]string{byFunction}, tickMetrics}}},
		Level: m.level, Timestamp: now.UTC().Format(time.RFC3339Nano), FunctionName: m.function,
		Looked: t.Looked, Claimed: t.Claimed, Missed: t.Missed, Failed: t.Failed, Unsent: t.Unsent, Lag: t.Lag.Seconds(),
	})
}
