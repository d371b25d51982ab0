package app_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/table"
	"accounttasks/internal/task"
)

var tick = time.Date(2026, time.June, 4, 3, 45, 0, 0, time.UTC)

// stage is a runner with an embedded table, and a bus that keeps what it gets.
type stage struct {
	runner *app.Runner
	table  *dynamo.Table
	client *dynamodb.Client // of the table
	log    bytes.Buffer
	// metrics has a line for each tick.
	metrics bytes.Buffer
	events  []map[string]any
	sending sync.Mutex // the runner sends from several shards at once
	broken  bool       // the bus refuses every event
	silent  bool       // the table does not answer
	now     time.Time
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{now: tick.Add(200 * time.Millisecond)}
	embedded := table.NewEngine()
	engine, bus := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.silent {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		embedded.ServeHTTP(w, r)
	})), httptest.NewServer(http.HandlerFunc(s.putEvents))
	t.Cleanup(engine.Close)
	t.Cleanup(bus.Close)
	client := dynamotest.NewClient(t, engine.URL)
	dynamotest.CreateTable(t, client, "tasks")
	s.table, s.client = dynamo.NewTable(client, "tasks"), client
	dynamotest.StartRuns(t, client, "tasks", tick)
	environment := map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
		"AWS_ENDPOINT_URL_DYNAMODB": engine.URL, "AWS_ENDPOINT_URL_EVENTBRIDGE": bus.URL, "TABLE_NAME": "tasks", "EVENT_BUS": "bus",
		"RUN_TIMEOUT_MINUTES": "90",
	}
	var err error
	s.runner, err = app.NewRunner(app.Environment{
		Getenv: func(name string) string { return environment[name] },
		Now:    func() time.Time { return s.now },
		Log:    s.logger(), Metrics: &s.metrics,
	})
	if err != nil {
		t.Fatal(err)
	}
	task := task.Task{ID: uuid.New(), Enabled: true}
	if _, err := dynamo.PutIfAbsent(t.Context(), client, "tasks", dynamo.TaskItem("account", task)); err != nil {
		t.Fatal(err)
	}
	s.update(t, task.ID)
	return s
}

func (s *stage) logger() *slog.Logger { return slog.New(slog.NewTextHandler(&s.log, nil)) }

// update makes the task due at the tick, and each hour from then on.
func (s *stage) update(t *testing.T, id uuid.UUID) {
	t.Helper()
	_, err := s.table.Update(t.Context(), task.ConditionalUpdate{
		AccountID: "account", ID: id, Name: "Report", ModifiedBy: "user", ModifiedAt: tick.Add(-30 * time.Second), Token: "t", Fingerprint: "f",
		Definition: task.Definition{TaskID: uuid.New(), Frequency: task.FrequencyHourly, StartDate: tick, Parameters: `{"secret":1}`, ContentType: task.ContentTypeJSON,
			Notification: task.NotificationOnFailure},
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (s *stage) putEvents(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Entries []struct{ EventBusName, DetailType, Detail string }
	}
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	if s.broken {
		_, _ = w.Write([]byte(`{"FailedEntryCount":1,"Entries":[{"ErrorCode":"InternalFailure"}]}`))
		return
	}
	s.sending.Lock()
	defer s.sending.Unlock()
	for _, e := range request.Entries {
		var detail map[string]any
		_ = json.Unmarshal([]byte(e.Detail), &detail)
		detail["bus"], detail["type"] = e.EventBusName, e.DetailType
		s.events = append(s.events, detail)
	}
	_, _ = w.Write([]byte(`{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}`))
}

// tick wakes the runner as the schedule does at a time.
func (s *stage) tick(t *testing.T, at time.Time) error {
	t.Helper()
	s.now = at.Add(200 * time.Millisecond)
	_, err := s.runner.Invoke(t.Context(), []byte(`{"scheduledTime":"`+at.Format(time.RFC3339)+`"}`))
	return err
}

// dues are the due times of the events so far.
func (s *stage) dues() []string {
	var dues []string
	for _, e := range s.events {
		dues = append(dues, e["due"].(string))
	}
	return dues
}

func TestATaskThatIsDueIsRunOnce(t *testing.T) {
	s := newStage(t)
	for _, at := range []time.Duration{0, 0, time.Minute, 59 * time.Minute, time.Hour, time.Hour + time.Minute} {
		if err := s.tick(t, tick.Add(at)); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := s.dues(), []string{"2026-06-04T03:45:00+00:00", "2026-06-04T04:45:00+00:00"}; !slices.Equal(got, want) {
		t.Errorf("got runs due at %v, want %v", got, want)
	}
	if e := s.events[0]; e["bus"] != "bus" || e["account"] != "account" || e["parameters"] != `{"secret":1}` || e["user"] != "scheduler" {
		t.Errorf("got the event %v", e)
	}
	if strings.Contains(s.log.String(), "secret") || !strings.Contains(s.log.String(), "claimed=1") {
		t.Errorf("got the log %s, want the counts and no Parameters", &s.log)
	}
}

func TestARunWhoseEventIsRefusedIsSentByALaterTick(t *testing.T) {
	s := newStage(t)
	s.broken = true
	if err := s.tick(t, tick); err == nil {
		t.Error("got no error from a tick whose event was refused")
	}
	if !strings.Contains(s.metrics.String(), `"Claimed":1,"Missed":0,"Failed":1,"Unsent":1,"Lag":0.2`) {
		t.Errorf("got the metrics %s, want one event that was not sent", &s.metrics)
	}
	s.broken = false
	for minute := range 4 {
		if err := s.tick(t, tick.Add(time.Duration(minute)*time.Minute)); err != nil {
			t.Fatal(err)
		}
	}
	if got := s.dues(); !slices.Equal(got, []string{"2026-06-04T03:45:00+00:00"}) {
		t.Errorf("got runs due at %v, want the one that was refused", got)
	}
}

func TestATickWithNothingToDoLeavesMetricsAlone(t *testing.T) {
	s := newStage(t)
	if err := s.tick(t, tick.Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if s.log.Len() > 0 || !strings.Contains(s.metrics.String(), `"Looked":0,"Claimed":0`) {
		t.Errorf("got the log %s and the metrics %s, want metrics alone", &s.log, &s.metrics)
	}
}

func TestATickWhoseTimeIsOverLeavesTheRestToTheNext(t *testing.T) {
	s := newStage(t)
	ctx, cancel := context.WithDeadline(t.Context(), time.Now().Add(5*time.Second)) // less than is kept for what has begun
	defer cancel()
	if _, err := s.runner.Invoke(ctx, []byte(`{"scheduledTime":"2026-06-04T03:45:00Z"}`)); err != nil || len(s.events) > 0 {
		t.Errorf("got %d events and the error %v, want none", len(s.events), err)
	}
	if err := s.tick(t, tick.Add(time.Minute)); err != nil || len(s.events) != 1 {
		t.Errorf("got %d events and the error %v from the next tick, want one", len(s.events), err)
	}
}

func TestWhatIsNoTickIsRefused(t *testing.T) {
	s := newStage(t)
	for _, event := range []string{`{}`, `[]`, `{"scheduledTime":"soon"}`, `{"scheduledTime":"2026-06-04T04:45:00Z"}`, `{"version":"2.0"}`} {
		if _, err := s.runner.Invoke(t.Context(), []byte(event)); err == nil || len(s.events) > 0 {
			t.Errorf("%s: got the error %v and %d events, want an error and none", event, err, len(s.events))
		}
	}
}

func TestADeadlineThatIsNotANumberOfMinutesIsRefused(t *testing.T) {
	for _, written := range []string{"0", "10081", "1h", "-90", "90.5"} {
		_, err := app.NewRunner(app.Environment{Getenv: func(name string) string {
			return map[string]string{"AWS_REGION": "eu-west-1", "TABLE_NAME": "tasks", "EVENT_BUS": "bus", "RUN_TIMEOUT_MINUTES": written}[name]
		}})
		if err == nil || !strings.Contains(err.Error(), "RUN_TIMEOUT_MINUTES") || !strings.Contains(err.Error(), "1 to 10080") {
			t.Errorf("%s: got the error %v, want one that says what is right", written, err)
		}
	}
}

func TestARunnerNeedsItsVariables(t *testing.T) {
	_, err := app.NewRunner(app.Environment{Getenv: func(string) string { return "" }})
	for _, name := range []string{"AWS_REGION", "TABLE_NAME", "EVENT_BUS"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got the error %v, want one that names %s", err, name)
		}
	}
}
