package telemetry

import (
	"context"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// ReportMessage is the message of the log record of a worker's report.
const ReportMessage = "report"

// ReportRefused is the reception of a report that cannot be read.
const ReportRefused run.Reception = "refused"

// Report is a worker's report with what became of it. The record has neither the report's message nor any value of a
// report that cannot be read.
type Report struct {
	// EventID is the id that EventBridge gave the report.
	EventID string
	// Reception is the runner's, or ReportRefused.
	Reception run.Reception
	// Key names the run. In a report that cannot be read some of it may be missing.
	Key run.Key
	// Outcome is the one that the worker reports.
	Outcome run.Outcome
	// Run is the run afterwards.
	Run run.Stored
	// Problem is what is wrong with a report that cannot be read.
	Problem error
	// Unsent is why the run's notification may not have been sent.
	Unsent error
}

func (p Report) level() slog.Level {
	switch {
	case p.Unsent != nil:
		return slog.LevelError
	case p.Reception == run.ReportAccepted || p.Reception == run.ReportRepeated:
		return slog.LevelInfo
	}
	return slog.LevelWarn
}

func (p Report) attributes() []slog.Attr {
	attributes := []slog.Attr{slog.String("event", p.EventID), slog.String("reception", string(p.Reception))}
	for _, known := range []struct{ name, value string }{
		{"account", p.Key.AccountID}, {"task", written(p.Key.ID)}, {"run", written(p.Key.RunID)}, {"outcome", string(p.Outcome)},
	} {
		if known.value != "" {
			attributes = append(attributes, slog.String(known.name, known.value))
		}
	}
	if p.Problem != nil {
		attributes = append(attributes, slog.String("problem", p.Problem.Error()))
	}
	if p.Unsent != nil {
		attributes = append(attributes, slog.Any("cause", p.Unsent))
	}
	return attributes
}

// written is the id, or an empty string where there is none.
func written(id uuid.UUID) string {
	if id == uuid.Nil {
		return ""
	}
	return id.String()
}

// RecordReport records a worker's report, and the run if the report has ended it.
func (r *Recorder) RecordReport(ctx context.Context, p Report) {
	r.log.LogAttrs(ctx, p.level(), ReportMessage, p.attributes()...)
	r.writeMetrics(ctx, r.metrics.report(p))
	if p.Reception == run.ReportAccepted {
		r.recordEnded(ctx, []run.Stored{p.Run})
	}
}

// reportDocument holds the metrics of one report, by function.
type reportDocument struct {
	metricLine
	Reports              int
	ReportsRefused       int
	ReportsRepeated      int
	ReportsContradicting int
	ReportsLate          int
	Unsent               int
}

var reportMetrics = []metric{
	{"Reports", "Count"}, {"ReportsRefused", "Count"}, {"ReportsRepeated", "Count"}, {"ReportsContradicting", "Count"},
	{"ReportsLate", "Count"}, {"Unsent", "Count"},
}

func (m *Metrics) report(p Report) reportDocument {
	d := reportDocument{metricLine: m.newLine(directive{namespace, [][]string{byFunction}, reportMetrics}), Reports: 1}
	switch p.Reception {
	case ReportRefused, run.ReportUnknown:
		d.ReportsRefused = 1
	case run.ReportRepeated:
		d.ReportsRepeated = 1
	case run.ReportContradicting:
		d.ReportsContradicting = 1
	case run.ReportLate:
		d.ReportsLate = 1
	}
	if run.IsUnsent(p.Unsent) {
		d.Unsent = 1
	}
	return d
}

// metricLine is what every line of metrics of the runner has.
type metricLine struct {
	AWS          declaration `json:"_aws"`
	Level        string      `json:"level"`
	Timestamp    string      `json:"timestamp"`
	FunctionName string
}

func (m *Metrics) newLine(declared directive) metricLine {
	now := m.now()
	return metricLine{
		AWS:   declaration{Timestamp: now.UnixMilli(), CloudWatchMetrics: []directive{declared}},
		Level: m.level, Timestamp: now.UTC().Format(time.RFC3339Nano), FunctionName: m.function,
	}
}

func (r *Recorder) writeMetrics(ctx context.Context, document any) {
	if err := r.metrics.writeLine(document); err != nil {
		r.log.ErrorContext(ctx, "the metrics cannot be written", "cause", err)
	}
}
