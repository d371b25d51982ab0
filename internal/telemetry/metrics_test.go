package telemetry_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"accounttasks/internal/telemetry"
)

// logged gives what is written for a request whose record has these attributes: the metrics and the log.
func logged(t *testing.T, level slog.Level, ctx context.Context, attributes ...any) (metrics map[string]any, log string) {
	t.Helper()
	var lines, records bytes.Buffer
	inner := slog.NewJSONHandler(&records, &slog.HandlerOptions{Level: level})
	slog.New(telemetry.NewHandler(inner, "the-function", &lines)).InfoContext(ctx, telemetry.RequestMessage, attributes...)
	if err := json.Unmarshal(lines.Bytes(), &metrics); err != nil {
		t.Fatalf("%q is not one line of metrics: %v", lines.String(), err)
	}
	return metrics, records.String()
}

func TestWhatARequestCounts(t *testing.T) {
	for _, test := range []struct {
		name       string
		attributes []any
		want       map[string]any
	}{
		{"an update", []any{"replayed", false, "tableMs", 4.5, "attempts", 1},
			map[string]any{"Updates": 1.0, "TableLatency": 4.5, "TableRetries": 0.0}},
		{"a repeat", []any{"replayed", true, "tableMs", 2.0, "attempts", 3},
			map[string]any{"Repeats": 1.0, "TableLatency": 2.0, "TableRetries": 2.0}},
		{"a conflict", []any{"code", "PreconditionFailed", "tableMs", 2.0, "attempts", 1},
			map[string]any{"Conflicts": 1.0, "Rejections": 1.0, "Code": "PreconditionFailed", "TableLatency": 2.0, "TableRetries": 0.0}},
		{"a refusal", []any{"code", "InvalidRequest"},
			map[string]any{"Rejections": 1.0, "Code": "InvalidRequest"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, _ := logged(t, slog.LevelInfo, t.Context(), test.attributes...)
			declared := declaredMetrics(t, got)
			delete(got, "_aws")
			test.want["FunctionName"] = "the-function"
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			for name := range got {
				if name != "FunctionName" && name != "Code" && !declared[name] {
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

func TestMetricsDoNotDependOnTheLevel(t *testing.T) {
	metrics, log := logged(t, slog.LevelError, t.Context(), "replayed", false)
	if metrics["Updates"] != 1.0 || log != "" {
		t.Errorf("got %v and the log %q, want an update and no record", metrics, log)
	}
}

func TestRecordHasTheTraceOfItsInvocation(t *testing.T) {
	//lint:ignore SA1029 the Lambda runtime's own key is a string
	ctx := context.WithValue(t.Context(), "x-amzn-trace-id", "Root=1-2-3")
	_, log := logged(t, slog.LevelInfo, ctx, "replayed", false)
	if !strings.Contains(log, `"traceId":"Root=1-2-3"`) {
		t.Errorf("the trace is not in %s", log)
	}
}

func TestOtherRecordsCountNothing(t *testing.T) {
	var lines, records bytes.Buffer
	slog.New(telemetry.NewHandler(slog.NewJSONHandler(&records, nil), "f", &lines)).Warn("the catalogue could not be read yet")
	if lines.Len() != 0 || records.Len() == 0 {
		t.Errorf("got metrics %q and the log %q, want only the log", lines.String(), records.String())
	}
}
