package telemetry_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/telemetry"
)

// recorder returns a recorder of the runner with what it writes.
func recorder() (r *telemetry.Recorder, metrics, log *bytes.Buffer) {
	metrics, log = &bytes.Buffer{}, &bytes.Buffer{}
	name := func(variable string) string { return map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "runner"}[variable] }
	now := func() time.Time { return time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC) }
	return telemetry.NewRecorder(slog.New(slog.NewTextHandler(log, nil)), telemetry.NewMetrics(name, now, metrics)), metrics, log
}

var (
	entry  = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")
	theRun = run.Key{Ref: run.Ref{AccountID: "account", ID: uuid.UUID{1}}, Position: run.Position{RunID: uuid.UUID{2}}}
)

func failedRun(overdue bool) run.Stored {
	return run.Stored{TaskID: entry, Overdue: overdue, Record: run.Record{Outcome: run.OutcomeFailed, Message: "quite secret"}}
}

func TestAReportIsRecorded(t *testing.T) {
	for name, test := range map[string]struct {
		telemetry.Report
		metric string
		log    string
	}{
		"accepted":      {telemetry.Report{Reception: run.ReportAccepted, Key: theRun, Outcome: run.OutcomeFailed, Run: failedRun(false)}, `"Unsent":0`, "level=INFO"},
		"repeated":      {telemetry.Report{Reception: run.ReportRepeated, Key: theRun, Run: failedRun(false)}, `"ReportsRepeated":1`, "level=INFO"},
		"contradicting": {telemetry.Report{Reception: run.ReportContradicting, Key: theRun, Run: failedRun(false)}, `"ReportsContradicting":1`, "level=WARN"},
		"late":          {telemetry.Report{Reception: run.ReportLate, Key: theRun, Run: failedRun(true)}, `"ReportsLate":1`, "level=WARN"},
		"unknown":       {telemetry.Report{Reception: run.ReportUnknown, Key: theRun}, `"ReportsRefused":1`, "level=WARN"},
		"refused":       {telemetry.Report{Reception: telemetry.ReportRefused, Problem: errors.New("due must be a date")}, `"ReportsRefused":1`, `problem="due must be a date"`},
		"not notified":  {telemetry.Report{Reception: run.ReportAccepted, Key: theRun, Run: failedRun(false), Unsent: errors.New("no table")}, `"Unsent":0`, "level=ERROR"},
	} {
		r, metrics, log := recorder()
		r.RecordReport(t.Context(), test.Report)
		lines := strings.Split(strings.TrimSpace(metrics.String()), "\n")
		if wanted := map[bool]int{true: 2, false: 1}[test.Reception == run.ReportAccepted]; len(lines) != wanted {
			t.Errorf("%s: got %d lines of metrics, want %d", name, len(lines), wanted)
		}
		if !strings.Contains(lines[0], `"Reports":1,`) || !strings.Contains(lines[0], test.metric) || !strings.Contains(log.String(), test.log) {
			t.Errorf("%s: got the metrics %s and the log %s, want %s and %s", name, lines[0], log, test.metric, test.log)
		}
		if strings.Contains(log.String()+metrics.String(), "secret") {
			t.Errorf("%s: got the log %s, want no message of a worker", name, log)
		}
	}
}

func TestRunsThatEndAreCountedByEntryOfTheCatalogue(t *testing.T) {
	r, metrics, log := recorder()
	other := failedRun(true)
	other.TaskID = uuid.UUID{9}
	r.RecordTick(t.Context(), telemetry.Tick{Tally: run.Tally{Looked: 3, Overdue: []run.Stored{failedRun(true), other, failedRun(true)}}})
	lines := strings.Split(strings.TrimSpace(metrics.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("got %d lines of metrics, want the tick's and one for each entry", len(lines))
	}
	for n, want := range []map[string]any{
		{"TaskID": "09000000-0000-0000-0000-000000000000", "RunsSucceeded": 0.0, "RunsFailed": 1.0, "RunsOverdue": 1.0},
		{"TaskID": entry.String(), "RunsSucceeded": 0.0, "RunsFailed": 2.0, "RunsOverdue": 2.0},
	} {
		got := metricsOf(t, []byte(lines[1+n]))
		for name, value := range want {
			if got[name] != value {
				t.Errorf("line %d: %s is %v, want %v", 1+n, name, got[name], value)
			}
		}
	}
	if !strings.Contains(metrics.String(), `"Dimensions":[["FunctionName"],["FunctionName","TaskID"]]`) || strings.Count(log.String(), "msg=overdue") != 3 {
		t.Errorf("got the metrics %s and the log %s, want both dimensions, and a record for each run", metrics, log)
	}
}
