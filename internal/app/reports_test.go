package app_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/bus"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// report hands a report to the function, as the rule does, about the event of a run.
func (s *stage) report(t *testing.T, of map[string]any, outcome string) error {
	t.Helper()
	detail, err := json.Marshal(map[string]any{
		"runId": of["runId"], "account": of["account"], "id": of["id"], "due": of["due"], "outcome": outcome, "message": "quite secret",
	})
	if err != nil {
		t.Fatal(err)
	}
	event, err := json.Marshal(bus.Envelope{ID: "event-id", DetailType: bus.TaskFinished, Source: "worker", Detail: detail})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.runner.Invoke(t.Context(), event)
	return err
}

// runOf reads the run of an event.
func (s *stage) runOf(t *testing.T, of map[string]any) run.Stored {
	t.Helper()
	due, err := time.Parse(time.RFC3339, of["due"].(string))
	if err != nil {
		t.Fatal(err)
	}
	stored, exists, err := s.table.Runs().ReadRun(t.Context(), run.Key{
		Ref:      run.Ref{AccountID: of["account"].(string), ID: uuid.MustParse(of["id"].(string))},
		Position: run.Position{Due: due.UTC(), RunID: uuid.MustParse(of["runId"].(string))},
	})
	if err != nil || !exists {
		t.Fatalf("got no run: %v", err)
	}
	return stored
}

// types are the names of the events so far.
func (s *stage) types() []string {
	var types []string
	for _, e := range s.events {
		types = append(types, e["type"].(string))
	}
	return types
}

func (s *stage) mustTick(t *testing.T, at time.Time) {
	t.Helper()
	if err := s.tick(t, at); err != nil {
		t.Fatal(err)
	}
}

func TestTheFirstReportCounts(t *testing.T) {
	s := newStage(t)
	s.mustTick(t, tick)
	event := s.events[0]
	s.now = tick.Add(time.Minute)
	for _, outcome := range []string{"FAILED", "FAILED", "SUCCESS"} {
		if err := s.report(t, event, outcome); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.runOf(t, event); got.Outcome != run.OutcomeFailed || got.Message != "quite secret" || !got.FinishedOn.Equal(s.now) || !got.DueAt.IsZero() {
		t.Errorf("got the run %+v, want the first report, and nothing left to do", got)
	}
	if got, want := s.types(), []string{bus.TaskDue, bus.TaskNotification}; !slices.Equal(got, want) {
		t.Errorf("got the events %v, want one notification", got)
	}
	for _, want := range []string{"reception=accepted", "reception=repeated", "reception=contradicting", "event=event-id", "outcome=SUCCESS"} {
		if !strings.Contains(s.log.String(), want) {
			t.Errorf("got the log %s, want %s in it", &s.log, want)
		}
	}
	for _, want := range []string{`"RunsSucceeded":0,"RunsFailed":1,"RunsOverdue":0`, `"ReportsRepeated":1`, `"ReportsContradicting":1`} {
		if strings.Count(s.metrics.String(), want) != 1 {
			t.Errorf("got the metrics %s, want %s once", &s.metrics, want)
		}
	}
}

func TestARunThatNoWorkerReportsFailsAtItsDeadline(t *testing.T) {
	s := newStage(t)
	s.mustTick(t, tick)
	event := s.events[0]
	s.mustTick(t, tick.Add(89*time.Minute))
	if got := s.runOf(t, event); got.Outcome != run.OutcomeRunning {
		t.Errorf("got the run %+v before its deadline, want an open one", got)
	}
	deadline := tick.Add(90 * time.Minute) // the clock says 200 ms more, as at the run
	s.events = nil
	s.mustTick(t, deadline)
	if got := s.runOf(t, event); got.Outcome != run.OutcomeFailed || got.Message != "The run was not reported by its deadline." || !got.DueAt.IsZero() {
		t.Errorf("got the run %+v, want one that failed and says why", got)
	}
	if got := s.types(); !slices.Equal(got, []string{bus.TaskNotification}) {
		t.Errorf("got the events %v, want a notification", got)
	}
	if !strings.Contains(s.log.String(), "overdue=1") || !strings.Contains(s.log.String(), "run="+event["runId"].(string)) ||
		!strings.Contains(s.metrics.String(), `"RunsSucceeded":0,"RunsFailed":1,"RunsOverdue":1`) {
		t.Errorf("got the log %s and the metrics %s, want the overdue run in both", &s.log, &s.metrics)
	}
	if err := s.report(t, event, "SUCCESS"); err != nil || s.runOf(t, event).Outcome != run.OutcomeFailed || !strings.Contains(s.log.String(), "reception=late") {
		t.Errorf("got the error %v and the log %s after a late report, want the run as it was", err, &s.log)
	}
}

func TestANotificationThatTheBusRefusesIsSentByALaterTick(t *testing.T) {
	s := newStage(t)
	s.mustTick(t, tick)
	event := s.events[0]
	s.broken = true
	if err := s.report(t, event, "FAILED"); err != nil {
		t.Fatalf("got the error %v, want none: the report itself was taken", err)
	}
	if !strings.Contains(s.metrics.String(), `"ReportsLate":0,"Unsent":1`) || !strings.Contains(s.log.String(), "level=ERROR") {
		t.Errorf("got the metrics %s and the log %s, want what was not sent in both", &s.metrics, &s.log)
	}
	s.broken, s.events = false, nil
	for minute := range 5 {
		s.mustTick(t, tick.Add(time.Duration(minute)*time.Minute))
	}
	if got := s.types(); !slices.Equal(got, []string{bus.TaskNotification}) || !s.runOf(t, event).DueAt.IsZero() {
		t.Errorf("got the events %v, want the notification once", got)
	}
}

func TestAReportThatTheTableDoesNotAnswerIsAnError(t *testing.T) {
	s := newStage(t)
	s.mustTick(t, tick)
	s.silent = true
	if err := s.report(t, s.events[0], "SUCCESS"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got the error %v, want one without the message, so that Lambda tries again", err)
	}
	s.silent = false
	if err := s.report(t, s.events[0], "SUCCESS"); err != nil || s.runOf(t, s.events[0]).Outcome != run.OutcomeSuccess {
		t.Errorf("got the error %v from the next try, want the run ended", err)
	}
}

func TestNothingThatRunsAreAboutIsLogged(t *testing.T) {
	s := newStage(t)
	s.mustTick(t, tick)
	event := s.events[0]
	for _, change := range []map[string]any{{}, {"account": "42"}, {"runId": "secret"}, {"due": "secret", "id": 7}} {
		of := map[string]any{"runId": event["runId"], "account": event["account"], "id": event["id"], "due": event["due"]}
		for name, value := range change {
			of[name] = value
		}
		if err := s.report(t, of, "FAILED"); err != nil {
			t.Errorf("got the error %v from a report that is refused, want none", err)
		}
	}
	s.mustTick(t, tick.Add(3*time.Hour))
	if logged := s.log.String() + s.metrics.String(); strings.Contains(logged, "secret") {
		t.Errorf("got the log and metrics %s, want no Parameters, no message, and nothing of a malformed report", logged)
	}
	if !strings.Contains(s.log.String(), "reception=refused account=account run="+event["runId"].(string)) {
		t.Errorf("got the log %s, want the run of a report that is refused", &s.log)
	}
	if got := strings.Count(s.metrics.String(), `"ReportsRefused":1`); got != 3 {
		t.Errorf("got %d refused reports in the metrics %s, want three", got, &s.metrics)
	}
}

// TestEventsOfTheBus hands each event in events/bus to the function.
func TestEventsOfTheBus(t *testing.T) {
	want := map[string]struct{ reception, outcome, problem string }{
		"finished-success.json":                {"accepted", "SUCCESS", ""},
		"finished-failed.json":                 {"accepted", "FAILED", ""},
		"finished-without-message.json":        {"accepted", "SUCCESS", ""},
		"finished-unknown-run.json":            {"unknown", "RUNNING", ""},
		"finished-run-of-another-account.json": {"unknown", "RUNNING", ""},
		"finished-everything-wrong.json":       {"refused", "RUNNING", "version must be 1, or left out; account must be"},
		"not-a-report.json":                    {"refused", "RUNNING", "the detail-type must be"},
	}
	files, err := filepath.Glob("../../events/bus/*.json")
	if err != nil || len(files) != len(want) {
		t.Fatalf("got the events %v, %v, want one for each expectation", files, err)
	}
	due := time.Date(2026, time.June, 4, 3, 45, 3, 254_529_700, time.UTC)
	for _, file := range files {
		event, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		want := want[filepath.Base(file)]
		s := newStage(t)
		open := run.State{AccountID: "11111111-1111-4111-8111-111111111111", Task: task.Task{ID: uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9"), LastRunOn: due}}
		open.Open = &run.Run{ID: uuid.MustParse("0b6e7d9c-5f43-5c1e-9d6a-3f2b8a7c1e55"), Due: due, Trigger: run.TriggerSchedule, User: run.Scheduler}
		if err := s.table.Runs().PutRun(t.Context(), open, due.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.runner.Invoke(t.Context(), event); err != nil {
			t.Errorf("%s: got the error %v, want none", file, err)
		}
		stored, _, err := s.table.Runs().ReadRun(t.Context(), open.OpenKey())
		if err != nil || string(stored.Outcome) != want.outcome {
			t.Errorf("%s: got the run %+v, %v, want the outcome %s", file, stored, err, want.outcome)
		}
		if log := s.log.String(); !strings.Contains(log, "reception="+want.reception+" ") || !strings.Contains(log, want.problem) || strings.Contains(log, "secret") {
			t.Errorf("%s: got the log %s, want the reception %s and %q", file, log, want.reception, want.problem)
		}
	}
}
