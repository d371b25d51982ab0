package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/telemetry"
)

// recorded returns what is written for an outcome in a function with this log level: the metrics and the log.
func recorded(t *testing.T, level string, ctx context.Context, o telemetry.Outcome) (metrics map[string]any, log string) {
	t.Helper()
	var lines, records bytes.Buffer
	environment := map[string]string{"AWS_LAMBDA_FUNCTION_NAME": "the-function", "AWS_LAMBDA_LOG_LEVEL": level}
	now := func() time.Time { return time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC) }
	m := telemetry.NewMetrics(func(name string) string { return environment[name] }, now, &lines)
	handler := telemetry.TraceHandler{Handler: slog.NewJSONHandler(&records, nil)}
	telemetry.NewRecorder(slog.New(handler), m).Record(ctx, o)
	if err := json.Unmarshal(lines.Bytes(), &metrics); err != nil {
		t.Fatalf("%q is not one line of metrics: %v", lines.String(), err)
	}
	return metrics, records.String()
}

// calling is the context of work that called the table.
func calling(t *testing.T, attempts ...int) context.Context {
	ctx, _ := telemetry.MeasureTable(t.Context())
	for _, n := range attempts {
		telemetry.CountTableCall(ctx, 1500*time.Microsecond, n)
	}
	return ctx
}

func TestWhatAnOutcomeCounts(t *testing.T) {
	for _, test := range []struct {
		name    string
		outcome telemetry.Outcome
		calls   []int
		want    map[string]any
	}{
		{"an update", telemetry.Outcome{Operation: "UpdateTask", Changed: true}, []int{1},
			map[string]any{"Updates": 1.0, "TableLatency": 1.5, "TableRetries": 0.0}},
		{"a repeat", telemetry.Outcome{Operation: "UpdateTask", Replayed: true}, []int{3},
			map[string]any{"Repeats": 1.0, "TableLatency": 1.5, "TableRetries": 2.0}},
		{"a read", telemetry.Outcome{Operation: "ReadTask"}, []int{1},
			map[string]any{"TableLatency": 1.5, "TableRetries": 0.0}},
		{"an update that read the catalogue", telemetry.Outcome{Operation: "UpdateTask", Changed: true}, []int{2, 1},
			map[string]any{"Updates": 1.0, "TableLatency": 3.0, "TableRetries": 1.0}},
		{"a call that was never sent", telemetry.Outcome{Operation: "UpdateTask", Code: "Unavailable"}, []int{0},
			map[string]any{"Rejections": 1.0, "Code": "Unavailable", "TableLatency": 1.5, "TableRetries": 0.0}},
		{"a conflict", telemetry.Outcome{Operation: "UpdateTask", Code: "PreconditionFailed"}, []int{1},
			map[string]any{"Conflicts": 1.0, "Rejections": 1.0, "Code": "PreconditionFailed", "TableLatency": 1.5, "TableRetries": 0.0}},
		{"a refusal", telemetry.Outcome{Operation: "UpdateTask", Code: "InvalidRequest"}, nil,
			map[string]any{"Rejections": 1.0, "Code": "InvalidRequest"}},
		{"an unknown path", telemetry.Outcome{Code: "RouteNotFound"}, nil,
			map[string]any{"Rejections": 1.0, "Code": "RouteNotFound", "Operation": "None"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := recorded(t, "INFO", calling(t, test.calls...), test.outcome)
			declared := declaredMetrics(t, got)
			delete(got, "_aws")
			want := map[string]any{"FunctionName": "the-function", "Operation": test.outcome.Operation, "Requests": 1.0,
				"level": "INFO", "timestamp": "2026-06-04T12:00:00Z"}
			maps.Copy(want, test.want)
			if !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			for name, value := range got {
				if _, isText := value.(string); !isText && !declared[name] {
					t.Errorf("%s is written but not declared", name)
				}
			}
		})
	}
}

// declaredMetrics are the names that a document declares. Every dimension that it declares must be in it.
func declaredMetrics(t *testing.T, document map[string]any) map[string]bool {
	t.Helper()
	var aws struct {
		Timestamp         int64
		CloudWatchMetrics []struct {
			Namespace  string
			Dimensions [][]string
			Metrics    []struct{ Name, Unit string }
		}
	}
	raw, err := json.Marshal(document["_aws"])
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &aws); err != nil || aws.Timestamp == 0 || len(aws.CloudWatchMetrics) == 0 {
		t.Fatalf("%s declares no metrics: %v", raw, err)
	}
	names := map[string]bool{}
	for _, directive := range aws.CloudWatchMetrics {
		if directive.Namespace != "AccountTasks" {
			t.Errorf("got the namespace %q", directive.Namespace)
		}
		for _, metric := range directive.Metrics {
			names[metric.Name] = true
		}
		for _, dimensions := range directive.Dimensions {
			for _, dimension := range dimensions {
				if document[dimension] == nil {
					t.Errorf("the dimension %s has no value", dimension)
				}
			}
		}
	}
	return names
}

// TestMetricsPassTheLevelOfTheFunction holds the metrics against what Lambda does with JSON lines: it drops those below
// the function's level, and takes one without a level or without a time stamp in RFC 3339 for INFO.
func TestMetricsPassTheLevelOfTheFunction(t *testing.T) {
	for level, want := range map[string]string{"": "INFO", "DEBUG": "DEBUG", "INFO": "INFO", "WARN": "WARN", "ERROR": "ERROR", "FATAL": "FATAL"} {
		metrics, _ := recorded(t, level, t.Context(), telemetry.Outcome{Changed: true})
		if metrics["level"] != want {
			t.Errorf("%q: got the level %v, want %s", level, metrics["level"], want)
		}
		if _, err := time.Parse(time.RFC3339, metrics["timestamp"].(string)); err != nil {
			t.Errorf("%q: got the time stamp %v: %v", level, metrics["timestamp"], err)
		}
	}
}

func TestRecordHasTheTraceOfItsInvocation(t *testing.T) {
	//lint:ignore SA1029 the Lambda runtime's own key is a string
	ctx := context.WithValue(t.Context(), "x-amzn-trace-id", "Root=1-2-3")
	_, log := recorded(t, "INFO", ctx, telemetry.Outcome{})
	if !strings.Contains(log, `"traceId":"Root=1-2-3"`) {
		t.Errorf("the trace is not in %s", log)
	}
}

func TestLevelOfARecord(t *testing.T) {
	cause := errors.New("why")
	for want, outcome := range map[string]telemetry.Outcome{
		`"level":"INFO"`:  {Code: "InvalidRequest"},
		`"level":"WARN"`:  {Code: "InvalidRequest", Cause: cause},
		`"level":"ERROR"`: {Code: "Unavailable", Cause: cause, Fault: true},
	} {
		if _, log := recorded(t, "INFO", t.Context(), outcome); !strings.Contains(log, want) || strings.Count(log, "\n") != 1 {
			t.Errorf("got %s, want one record with %s", log, want)
		}
	}
}

func TestOnlyTheFirstRecordIsCold(t *testing.T) {
	var records bytes.Buffer
	recorder := telemetry.NewRecorder(slog.New(slog.NewJSONHandler(&records, nil)),
		telemetry.NewMetrics(func(string) string { return "f" }, time.Now, &bytes.Buffer{}))
	recorder.Record(t.Context(), telemetry.Outcome{})
	recorder.Record(t.Context(), telemetry.Outcome{})
	first, second, _ := strings.Cut(records.String(), "\n")
	if !strings.Contains(first, `"cold":true`) || !strings.Contains(second, `"cold":false`) {
		t.Errorf("got %s, want a cold record and one that is not", records.String())
	}
}
