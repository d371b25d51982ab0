package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/client"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/task"
)

// scriptedStore is a task.Store and a task.CatalogueSource whose updates have a given result. It has no other
// operations.
type scriptedStore struct {
	task.Store
	err    error
	panics bool
}

func (s scriptedStore) Update(_ context.Context, w task.ConditionalUpdate) (task.Result, error) {
	if s.panics {
		panic("a panic of the store")
	}
	return task.Result{Task: task.Task{ID: w.ID}}, s.err
}

func (scriptedStore) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{uuid.MustParse(reportTaskID): "Send scheduled report"}}, nil
}

// demoTokens accepts the demo data's access tokens.
type demoTokens struct{}

// Authenticate implements api.Authenticator.
func (demoTokens) Authenticate(_ context.Context, token string) (task.Caller, error) {
	scopes, known := map[string][]string{demo.AccessToken: client.Scopes(), demo.ReadToken: {task.ScopeRead}}[token]
	if !known {
		return task.Caller{}, &task.Error{Code: task.CodeUnauthorized}
	}
	return task.NewCaller(demoAccount, "demo.user", "demo", scopes...), nil
}

// TestEveryAnswerIsObserved checks all outcomes of an invocation. Each must write one record, with the request id and
// the trace id, and one set of metrics with operation and outcome.
func TestEveryAnswerIsObserved(t *testing.T) {
	for name, test := range map[string]struct {
		event           string
		store           scriptedStore
		operation, code string
	}{
		"success":           {event: "v2-json"},
		"REST success":      {event: "v1-json"},
		"panic":             {event: "v2-json", store: scriptedStore{panics: true}, code: "InternalError"},
		"REST panic":        {event: "v1-json", store: scriptedStore{panics: true}, code: "InternalError"},
		"internal error":    {event: "v2-json", store: scriptedStore{err: errors.New("odd item")}, code: "InternalError"},
		"table unavailable": {event: "v2-json", store: scriptedStore{err: &task.Error{Code: task.CodeUnavailable}}, code: "Unavailable"},
		"absent task":       {event: "v2-json", store: scriptedStore{err: &task.Error{Code: task.CodeTaskNotFound}}, code: "TaskNotFound"},
		"bad request":       {event: "v2-json-five-bad-fields", code: "InvalidRequest"},
		"malformed base64":  {event: "v2-malformed-base64", code: "MalformedBody"},
		"no token":          {event: "v2-no-token", code: "Unauthorized"},
		"bad token":         {event: "v2-bad-token", code: "Unauthorized"},
		"another scope":     {event: "v2-another-scope", code: "Forbidden"},
		"unknown route":     {event: "v2-unknown-route", operation: "None", code: "RouteNotFound"},
		"wrong method":      {event: "v2-wrong-method", operation: "None", code: "MethodNotAllowed"},
		"malformed event":   {event: "not-a-request", operation: "None", code: "InvalidRequest"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.operation == "" {
				test.operation = "UpdateTask"
			}
			record, metrics := observe(t, test.store, readFile(t, filepath.Join(eventFiles, test.event+".json")))
			want := []string{"requestId=the-request", `traceId="Root=1-2-3"`, "operation=" + test.operation}
			rejections := 0
			if test.code != "" {
				want, rejections = append(want, "code="+test.code), 1
			}
			for _, part := range want {
				if !strings.Contains(record, part) {
					t.Errorf("got the record %s, want one with %s", record, part)
				}
			}
			var counted struct {
				Operation, Code      string
				Requests, Rejections int
			}
			if err := json.Unmarshal([]byte(metrics), &counted); err != nil {
				t.Fatalf("%q are not the metrics of one request: %v", metrics, err)
			}
			if counted.Operation != test.operation || counted.Code != test.code || counted.Requests != 1 || counted.Rejections != rejections {
				t.Errorf("got the metrics %+v, want one request of %s with the code %q", counted, test.operation, test.code)
			}
		})
	}
}

// observe sends the function an event, and returns the record and the metrics.
func observe(t *testing.T, store scriptedStore, event []byte) (record, metrics string) {
	t.Helper()
	var lines bytes.Buffer
	records := filepath.Join(t.TempDir(), "log")
	e := inEnvironment(environment(""), &lines)
	e.Log = logTo(t, records)
	e.Metrics = &lines
	f := app.NewAccountTasksOn(demoTokens{}, store, store, e)
	ctx := lambdacontext.NewContext(t.Context(), &lambdacontext.LambdaContext{AwsRequestID: "the-request"})
	//lint:ignore SA1029 the Lambda runtime's own key is a string
	ctx = context.WithValue(ctx, "x-amzn-trace-id", "Root=1-2-3")
	if _, err := f.Invoke(ctx, event); err != nil {
		t.Fatal(err)
	}
	record = string(readFile(t, records))
	if strings.Count(record, "\n") != 1 {
		t.Errorf("got the records %s, want one", record)
	}
	return record, lines.String()
}

// logTo redirects the function's log from the standard output to a file.
func logTo(t *testing.T, path string) *slog.Logger {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	stdout := os.Stdout
	os.Stdout = file
	defer func() { os.Stdout = stdout }()
	return app.NewLog()
}
