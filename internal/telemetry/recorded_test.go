package telemetry_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

var update = flag.Bool("update", false, "write testdata/recorded.jsonl anew")

// recordings are what the tests of the alarms (.tools/alarms_test.py) know of the functions' metrics: what happens, in
// which function of the template, and what records it.
var recordings = []struct {
	happens, function string
	record            func(context.Context, *telemetry.Recorder)
}{
	{"an update", "AccountTasksFunction", ended(telemetry.Outcome{Operation: "UpdateTask", Changed: true})},
	{"a refused update", "AccountTasksFunction", ended(telemetry.Outcome{Operation: "UpdateTask", Code: task.CodeInvalidRequest})},
	{"a throttled update", "AccountTasksFunction", ended(telemetry.Outcome{Operation: "UpdateTask", Code: task.CodeTooManyRequests})},
	{"an update without the table", "AccountTasksFunction", ended(telemetry.Outcome{Operation: "UpdateTask", Code: task.CodeUnavailable, Fault: true})},
	{"a defect", "AccountTasksFunction", ended(telemetry.Outcome{Operation: "ReadTask", Code: task.CodeInternalError, Fault: true})},
	{"a token without the table", "TokenFunction", ended(telemetry.Outcome{Operation: "IssueToken", Code: task.CodeUnavailable, Fault: true})},
	{"a defect of tokens", "TokenFunction", ended(telemetry.Outcome{Operation: "IssueToken", Code: task.CodeInternalError, Fault: true})},
	{"a tick", "RunnerFunction", ticks(telemetry.Tick{})},
	{"a late tick", "RunnerFunction", ticks(telemetry.Tick{Tally: run.Tally{Looked: 1, Claimed: 1, Lag: 400 * time.Second}})},
	{"an unsent event", "RunnerFunction", ticks(telemetry.Tick{Tally: run.Tally{Looked: 1, Failed: 1, Unsent: 1}})},
	{"an overdue run", "RunnerFunction", ticks(telemetry.Tick{Tally: run.Tally{Looked: 1, Overdue: []run.Stored{
		{Record: run.Record{Outcome: run.OutcomeFailed}, Overdue: true},
	}}})},
	{"a successful run", "RunnerFunction", reports(run.ReportAccepted, run.OutcomeSuccess)},
	{"a failed run", "RunnerFunction", reports(run.ReportAccepted, run.OutcomeFailed)},
	{"a refused report", "RunnerFunction", reports(telemetry.ReportRefused, "")},
}

func ended(o telemetry.Outcome) func(context.Context, *telemetry.Recorder) {
	return func(ctx context.Context, r *telemetry.Recorder) { r.Record(ctx, o) }
}

func ticks(tick telemetry.Tick) func(context.Context, *telemetry.Recorder) {
	return func(ctx context.Context, r *telemetry.Recorder) { r.RecordTick(ctx, tick) }
}

func reports(reception run.Reception, outcome run.Outcome) func(context.Context, *telemetry.Recorder) {
	report := telemetry.Report{Reception: reception, Outcome: outcome, Run: run.Stored{Record: run.Record{Outcome: outcome}}}
	return func(ctx context.Context, r *telemetry.Recorder) { r.RecordReport(ctx, report) }
}

// TestRecordedMetricsAreWhatIsWritten holds the recordings for the tests of the alarms against what the recorder writes.
func TestRecordedMetricsAreWhatIsWritten(t *testing.T) {
	const file = "testdata/recorded.jsonl"
	var got bytes.Buffer
	for _, recording := range recordings {
		var lines bytes.Buffer
		name := func(variable string) string {
			return map[string]string{"AWS_LAMBDA_FUNCTION_NAME": recording.function}[variable]
		}
		now := func() time.Time { return time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC) }
		recorder := telemetry.NewRecorder(slog.New(slog.DiscardHandler), telemetry.NewMetrics(name, now, &lines))
		recording.record(t.Context(), recorder)
		metrics := bytes.ReplaceAll(bytes.TrimSpace(lines.Bytes()), []byte("\n"), []byte(","))
		fmt.Fprintf(&got, "{\"happens\":%q,\"metrics\":[%s]}\n", recording.happens, metrics)
	}
	if *update {
		if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("the recorder writes\n%s\nand %s has\n%s\n-update writes it anew", got.Bytes(), file, want)
	}
}
