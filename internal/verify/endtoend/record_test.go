package endtoend_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/stack"
)

// logRecord is a request's record as the deployed function writes it.
type logRecord struct {
	Level, Message, Operation, RequestID, TraceID, Account, Task, Route, Code string
	Status, Attempts                                                          int
	DurationMs, TableMs                                                       float64
	Cold                                                                      *bool
}

// issueToken is the first operation of every test.
const issueToken = "IssueToken"

// printedRecords are the task function's records in what a stack that has ended has printed.
func printedRecords(t *testing.T, printed string) []logRecord {
	t.Helper()
	var records []logRecord
	for line := range strings.Lines(printed) {
		if !strings.HasPrefix(line, "{") {
			continue
		}
		var r logRecord
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		if r.Operation != issueToken {
			records = append(records, r)
		}
	}
	return records
}

func TestRecordsOfRequests(t *testing.T) {
	c := start(t)
	c.put(demoTask, update("1")).mustBe(t, 200, "")
	c.put(demoTask, update("2"), "If-Match", `"0-stale"`).mustBe(t, 412, "PreconditionFailed")
	c.put(demoTask, "{").mustBe(t, 400, "MalformedBody")
	c.stack.Close()
	records := printedRecords(t, c.output.String())
	if len(records) != 3 {
		t.Fatalf("got %d records, want one for each of 3 requests: %s", len(records), c.output)
	}
	requests := map[string]bool{}
	for i, want := range []logRecord{{Status: 200, Attempts: 2}, {Status: 412, Code: "PreconditionFailed", Attempts: 1}, {Status: 400, Code: "MalformedBody"}} {
		got := records[i]
		if got.Level != "INFO" || got.Message != "request" || got.Status != want.Status || got.Code != want.Code || got.Attempts != want.Attempts {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if got.Account != demo.AccountID || got.Task != demoTask || got.Route != "/api/v1/admin/tasks/account/{id}" {
			t.Errorf("got %+v, want the account, the task and the route", got)
		}
		if called := want.Attempts > 0; got.DurationMs <= 0 || called != (got.TableMs > 0) || got.TableMs > got.DurationMs {
			t.Errorf("got %v ms, of which %v at the table", got.DurationMs, got.TableMs)
		}
		if got.Cold == nil || *got.Cold != (i == 0) {
			t.Errorf("record %d does not say correctly whether the start was cold: %+v", i, got)
		}
		if uuid.Validate(got.RequestID) != nil || !strings.HasPrefix(got.TraceID, "Root=1-") {
			t.Errorf("got the request %q and the trace %q", got.RequestID, got.TraceID)
		}
		requests[got.RequestID] = true
	}
	if len(requests) != 3 {
		t.Errorf("got the requests %v, want three", requests)
	}
}

func TestLevelOfTheLog(t *testing.T) {
	c := start(t, func(config *stack.Config) { config.FunctionEnv = map[string]string{"AWS_LAMBDA_LOG_LEVEL": "WARN"} })
	c.put(demoTask, update("1")).mustBe(t, 200, "")
	c.stack.Close()
	if records := printedRecords(t, c.output.String()); len(records) > 0 {
		t.Errorf("got %+v, want no records below WARN", records)
	}
}
