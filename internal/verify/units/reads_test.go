package units

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

var caller = task.NewCaller("account", "user", "client")

func (s *setup) readTask() error {
	_, err := s.table.Read(s.t.Context(), "account", s.id)
	return err
}

func (s *setup) listTasks() error {
	_, err := s.table.List(s.t.Context(), task.Listing{AccountID: "account", Count: task.DefaultCount})
	return err
}

func (s *setup) service() *run.Service {
	return run.NewService(s.runner(), s.table.Runs(), uuid.New)
}

func (s *setup) listRuns() error {
	_, err := s.service().List(s.t.Context(), caller, s.id, run.Position{}, task.DefaultCount)
	return err
}

func (s *setup) readSchedule() error {
	_, err := s.service().Upcoming(s.t.Context(), caller, s.id, 1)
	return err
}

// TestReadUnits checks the numbers in COSTS.md. The list of runs and the schedule read the task as well, because no operation
// may find a deleted one (contract section 5.19).
func TestReadUnits(t *testing.T) {
	for _, test := range []struct {
		name       string
		parameters string
		item       float64 // the units of one read of the task's item
	}{
		{"small Parameters", `{"report":"usage"}`, 1},
		{"256 KiB of Parameters", strings.Repeat("1", 256<<10), 65},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := start(t, test.parameters)
			if err := s.register(); err != nil {
				t.Fatal(err)
			}
			for _, step := range []struct {
				name     string
				runs     int // that the task has besides
				do       func() error
				requests int
				units    float64
			}{
				{"a task", 0, s.readTask, 1, test.item},
				{"a page of tasks that has one", 0, s.listTasks, 1, test.item},
				{"the runs of a task that has none", 0, s.listRuns, 2, test.item + 1},
				{"its newest ten runs", 10, s.listRuns, 2, test.item + 1},
				{"its newest twenty runs, a page", 10, s.listRuns, 2, test.item + 2},
				{"its schedule", 0, s.readSchedule, 2, test.item + 1},
			} {
				for range step.runs {
					s.now = s.now.Add(time.Minute)
					if err := s.runNow(); err != nil {
						t.Fatal(err)
					}
				}
				s.meter.requests, s.meter.reads = 0, 0
				if err := step.do(); err != nil {
					t.Fatalf("%s: %v", step.name, err)
				}
				if s.meter.requests != step.requests || s.meter.reads != step.units {
					t.Errorf("%s: got %d requests and %g units, want %d and %g", step.name, s.meter.requests, s.meter.reads, step.requests, step.units)
				}
			}
		})
	}
}
