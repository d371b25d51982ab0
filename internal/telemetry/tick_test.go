package telemetry_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/telemetry"
)

// ticked returns what is written for a tick: the metrics and the log.
func ticked(t *testing.T, done run.Tally) (metrics map[string]any, log string) {
	t.Helper()
	var line, records bytes.Buffer
	name := func(variable string) string { return map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "runner"}[variable] }
	now := func() time.Time { return time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC) }
	recorder := telemetry.NewRecorder(slog.New(slog.NewTextHandler(&records, nil)), telemetry.NewMetrics(name, now, &line))
	recorder.RecordTick(t.Context(), telemetry.Tick{Scheduled: now(), Tally: done, Held: true, Took: time.Second})
	return metricsOf(t, line.Bytes()), records.String()
}

func metricsOf(t *testing.T, line []byte) (metrics map[string]any) {
	t.Helper()
	if err := json.Unmarshal(line, &metrics); err != nil {
		t.Fatalf("%q is not one line of metrics: %v", line, err)
	}
	return metrics
}

func TestEveryMetricOfATickIsDeclared(t *testing.T) {
	metrics, log := ticked(t, run.Tally{Looked: 5, Claimed: 4, Failed: 2, Unsent: 1, Missed: 3, Lag: 1500 * time.Millisecond})
	for name, want := range map[string]any{"Looked": 5.0, "Claimed": 4.0, "Failed": 2.0, "Unsent": 1.0, "Missed": 3.0, "Lag": 1.5, "RunsHeld": 1.0, "FunctionName": "runner"} {
		if metrics[name] != want {
			t.Errorf("%s is %v, want %v", name, metrics[name], want)
		}
	}
	declared, err := json.Marshal(metrics["_aws"])
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"Looked", "Claimed", "Failed", "Unsent", "Missed", "Lag", "RunsHeld"} {
		if !strings.Contains(string(declared), `"Name":"`+name+`"`) {
			t.Errorf("%s is not declared in %s", name, declared)
		}
	}
	if !strings.Contains(log, "level=ERROR") || !strings.Contains(log, "claimed=4") {
		t.Errorf("got the record %q, want the counts at the level of an error", log)
	}
}

func TestATickWithNothingDueStillHasMetrics(t *testing.T) {
	metrics, log := ticked(t, run.Tally{})
	if lag, ok := metrics["Lag"]; lag != 0.0 || !ok || log != "" {
		t.Errorf("got %v and the log %q, want zeros and no record", metrics, log)
	}
}
