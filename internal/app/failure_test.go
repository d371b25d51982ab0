package app_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/run"
)

// panicking is a table of which every use panics.
type panicking struct{ run.Store }

// The runtime's own line of a failure has no level, and a function whose log begins at WARN would lose it.
func TestAFailedInvocationIsRecordedWithItsCause(t *testing.T) {
	for _, test := range []struct {
		name, event string
		silent      bool
		want        string
	}{
		{"neither a tick nor a report", `{}`, false, "scheduledTime"},
		{"not an object", `[]`, false, "read the event"},
		{"a tick, the table silent", `{"scheduledTime":"2026-06-04T03:45:00Z"}`, true, "StatusCode: 503"},
		{"a report, the table silent", `{"detail-type":"Account Task Finished","detail":{"account":"account",` +
			`"id":"a23b4ff9-5d7e-4603-b937-6e1f724316b9","runId":"a23b4ff9-5d7e-4603-b937-6e1f724316b9","due":"2026-06-04T03:45:00Z","outcome":"SUCCESS"}}`, true, "StatusCode: 503"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newStage(t)
			s.silent = test.silent
			_, err := s.runner.Invoke(t.Context(), []byte(test.event))
			if log := s.log.String(); err == nil || !strings.Contains(log, "level=ERROR msg=failed cause=") || !strings.Contains(log, test.want) {
				t.Errorf("got the error %v and the log %s, want both with %q", err, log, test.want)
			}
		})
	}
}

func TestAPanicOfTheRunnerIsAFailureWithItsStack(t *testing.T) {
	s := newStage(t)
	runner := app.NewRunnerOn(panicking{}, nil, time.Hour, app.Environment{
		Getenv: func(string) string { return "" }, Now: func() time.Time { return s.now }, NewID: uuid.New, Log: s.logger(), Metrics: &s.metrics,
	})
	_, err := runner.Invoke(t.Context(), []byte(`{"scheduledTime":"2026-06-04T03:45:00Z"}`))
	if log := s.log.String(); err == nil || !strings.Contains(log, "msg=failed panic=") || !strings.Contains(log, "stack=") {
		t.Errorf("got the error %v and the log %s, want a record with the panic and its stack", err, log)
	}
}
