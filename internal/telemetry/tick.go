package telemetry

import (
	"context"
	"log/slog"
	"time"

	"accounttasks/internal/run"
)

// TickMessage is the message of the log record of a tick of the runner.
const TickMessage = "tick"

// OverdueMessage is the message of the log record of a run that was failed at its deadline.
const OverdueMessage = "overdue"

// tickDocument holds the metrics of one tick, by function.
type tickDocument struct {
	metricLine
	Looked   int
	Claimed  int
	Missed   int64
	Failed   int
	Unsent   int
	Lag      float64
	RunsHeld int
}

// Tick is what the runner has done in one tick.
type Tick struct {
	// Scheduled is the time of the schedule's event.
	Scheduled time.Time
	run.Tally
	// Held says that the operator holds runs: what is due does not run.
	Held bool
	Took time.Duration
}

// tickMetrics are declared by every tick, so that an alarm has data even where nothing is due.
var tickMetrics = []metric{
	{"Looked", "Count"}, {"Claimed", "Count"}, {"Missed", "Count"}, {"Failed", "Count"}, {"Unsent", "Count"}, {"Lag", "Seconds"},
	{"RunsHeld", "Count"},
}

// RecordTick records a tick. A tick without anything to do leaves metrics, and
// a log record at debug level only. ctx is the context of the invocation.
func (r *Recorder) RecordTick(ctx context.Context, t Tick) {
	level := slog.LevelInfo
	switch {
	case t.Failed > 0:
		level = slog.LevelError
	case t.Looked == 0:
		level = slog.LevelDebug
	}
	r.log.LogAttrs(ctx, level, TickMessage, slog.Time("scheduled", t.Scheduled), slog.Float64("durationMs", milliseconds(t.Took)),
		slog.Int("looked", t.Looked), slog.Int("claimed", t.Claimed), slog.Int64("missed", t.Missed), slog.Int("overdue", len(t.Overdue)),
		slog.Int("failed", t.Failed), slog.Int("unsent", t.Unsent), slog.Float64("lagSeconds", t.Lag.Seconds()),
		slog.Bool("held", t.Held))
	for _, run := range t.Overdue {
		r.log.LogAttrs(ctx, slog.LevelWarn, OverdueMessage, slog.String("account", run.Task.AccountID),
			slog.String("task", run.Task.ID.String()), slog.String("run", run.ID.String()))
	}
	r.writeMetrics(ctx, r.metrics.tick(t))
	r.recordEnded(ctx, t.Overdue)
}

func (m *Metrics) tick(t Tick) tickDocument {
	d := tickDocument{
		metricLine: m.newLine(directive{namespace, [][]string{byFunction}, tickMetrics}),
		Looked:     t.Looked, Claimed: t.Claimed, Missed: t.Missed, Failed: t.Failed, Unsent: t.Unsent, Lag: t.Lag.Seconds(),
	}
	if t.Held {
		d.RunsHeld = 1
	}
	return d
}
