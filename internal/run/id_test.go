package run_test

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// TestRunIDsOutliveAVersion holds the ids of runs to what the first version made of them: two versions may claim the same
// occurrence during a deployment, and it must be one run.
func TestRunIDsOutliveAVersion(t *testing.T) {
	for name, test := range map[string]struct {
		run  func(*oneTask, *run.Service) error
		want string
	}{
		"a scheduled run": {func(table *oneTask, _ *run.Service) error {
			runner := run.NewRunner(due{table}, takes{table}, run.DefaultTimeout, func() time.Time { return clock("12:30") })
			_, err := runner.Shard(t.Context(), 0, clock("12:30"), table.window)
			return err
		}, "1dbc7166-0f1e-5cf5-8ad0-b37409dd8335"},
		"a run that a caller requests with a key": {func(table *oneTask, s *run.Service) error {
			_, err := s.Run(t.Context(), task.NewCaller("account", "user", "client"), table.ID, "key")
			return err
		}, "13e602ad-23a2-53fd-b648-a61f4a81ac32"},
	} {
		table, s := service("12:30", next("12:00"), func(s *run.State) { s.DueAt = clock("12:00") })
		table.ID = uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9")
		if err := test.run(table, s); err != nil || len(table.sent) != 1 || table.sent[0].RunID.String() != test.want {
			t.Errorf("%s: got %v, %v, want the run %s", name, table.sent, err, test.want)
		}
	}
}
