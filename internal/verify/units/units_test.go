package units

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/table"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

var noon = time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC)

// taken is a bus that accepts every event and keeps the last one. It implements run.Bus.
type taken struct{ last run.Event }

func (b *taken) Due(_ context.Context, e run.Event) error {
	b.last = e
	return nil
}

func (*taken) Notify(context.Context, run.Stored) error { return nil }

// setup is a table with one task, and the runner.
type setup struct {
	t     *testing.T
	meter *meter
	table *dynamo.Table
	bus   taken
	now   time.Time
	id    uuid.UUID
	body  task.Definition
}

func start(t *testing.T, parameters string) *setup {
	s := &setup{t: t, meter: &meter{engine: table.NewEngine()}, now: noon.Add(-10 * time.Minute), id: uuid.New()}
	client := dynamotest.NewClient(t, "http://table.example")
	client = dynamodb.New(client.Options(), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Transport: s.meter} })
	dynamotest.CreateTable(t, client, "tasks")
	s.table = dynamo.NewTable(client, "tasks")
	dynamotest.StartRuns(t, client, "tasks", noon.Add(-time.Hour))
	s.body = task.Definition{TaskID: uuid.New(), Frequency: task.FrequencyHourly, StartDate: noon, Parameters: parameters, ContentType: task.ContentTypeJSON}
	return s
}

func (s *setup) register() error {
	_, err := s.table.Register(s.t.Context(), task.Registration{AccountID: "account", Fingerprint: "f", Task: task.Task{
		ID: s.id, Definition: s.body, Enabled: true, DateCreated: s.now, DateModified: s.now, Revision: task.Revision{Version: 1, Token: "registered"},
	}})
	return err
}

func (s *setup) update() error {
	s.now = s.now.Add(time.Minute)
	_, err := s.table.Update(s.t.Context(), task.ConditionalUpdate{AccountID: "account", ID: s.id, Definition: s.body, ModifiedAt: s.now, Token: uuid.NewString(), Fingerprint: "f"})
	return err
}

func (s *setup) runner() *run.Runner {
	return run.NewRunner(s.table.Runs(), &s.bus, run.DefaultTimeout, func() time.Time { return s.now })
}

// look makes the runner look at the due tasks.
func (s *setup) look() error {
	for shard := range run.Shards {
		if _, err := s.runner().Shard(s.t.Context(), shard, s.now, run.Window{From: noon.Add(-time.Hour)}); err != nil {
			return err
		}
	}
	return nil
}

func (s *setup) runDue() error {
	s.now = noon
	return s.look()
}

func (s *setup) runNow() error {
	_, err := s.runner().Now(s.t.Context(), run.Order{Ref: run.Ref{AccountID: "account", ID: s.id}, User: "user", Token: uuid.NewString(), Fingerprint: "run"})
	return err
}

// report reports the last run.
func (s *setup) report() error {
	e := s.bus.last
	key := run.Key{Ref: run.Ref{AccountID: e.AccountID, ID: e.ID}, Position: run.Position{Due: e.Due, RunID: e.RunID}}
	_, err := s.runner().Report(s.t.Context(), run.Report{Key: key, Outcome: run.OutcomeSuccess, Message: "done"})
	return err
}

// askForNotifications makes the next runs notify. It is an update.
func (s *setup) askForNotifications() error {
	s.body.Notification = task.NotificationAlways
	return errors.Join(s.update(), s.look())
}

// expire lets the deadline of the last run pass.
func (s *setup) expire() error {
	s.body.Frequency = task.FrequencyNone
	if err := errors.Join(s.update(), s.look(), s.runNow()); err != nil {
		return err
	}
	s.now = s.now.Add(run.DefaultTimeout)
	s.meter.table, s.meter.index = 0, 0
	return s.look()
}

// TestWriteUnits checks the numbers in COSTS.md.
func TestWriteUnits(t *testing.T) {
	for _, test := range []struct {
		name       string
		parameters string
		item       int // the units of one write of the task's item
	}{
		{"small Parameters", `{"report":"usage"}`, 1},
		{"256 KiB of Parameters", strings.Repeat("1", 256<<10), 257},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, test.parameters)
			for _, step := range []struct {
				name         string
				do           func() error
				table, index int
			}{
				{"register", s.register, test.item, 1},
				{"update", s.update, test.item, 2},
				{"the look after it", s.look, test.item, 2},
				{"a tick with nothing due", s.look, 0, 0},
				{"a scheduled run", s.runDue, 2*test.item + 1, 5},
				{"its report", s.report, 1, 1},
				{"a repeated report", s.report, 0, 0},
				{"a run that a caller asks for", s.runNow, 2*test.item + 1, 5},
				{"the report of this run", s.report, 1, 1},
				{"an update and the look after it", s.askForNotifications, 2 * test.item, 4},
				{"a run that notifies", s.runNow, 2*test.item + 1, 5},
				{"its report and its notification", s.report, 2, 3},
				{"a run at its deadline, and its notification", s.expire, 2, 3},
			} {
				s.meter.table, s.meter.index = 0, 0
				if err := step.do(); err != nil {
					t.Fatalf("%s: %v", step.name, err)
				}
				if s.meter.table != step.table || s.meter.index != step.index {
					t.Errorf("%s: got %d units of the table and %d of the index, want %d and %d", step.name, s.meter.table, s.meter.index, step.table, step.index)
				}
			}
		})
	}
}
