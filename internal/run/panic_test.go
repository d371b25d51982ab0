package run_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// poisoned is a table with one more due task, which comes first in the index and whose reading panics.
type poisoned struct{ due }

var poison = run.Ref{AccountID: "account", ID: uuid.MustParse("00000000-0000-4000-8000-000000000001")}

func (p poisoned) Due(ctx context.Context, shard int, until time.Time, cursor string) ([]run.Key, string, error) {
	keys, next, err := p.due.Due(ctx, shard, until, cursor)
	return append([]run.Key{{Ref: poison}}, keys...), next, err
}

func (p poisoned) Read(ctx context.Context, ref run.Ref) (run.State, bool, error) {
	if ref == poison {
		panic("an item like no other")
	}
	return p.due.Read(ctx, ref)
}

func TestATaskWhoseLookPanicsDoesNotKeepOthersFromRunning(t *testing.T) {
	table, _ := service("12:30", func(s *run.State) { s.Next, s.DueAt = clock("12:00"), clock("12:00") })
	runner := run.NewRunner(poisoned{due{table}}, takes{table}, run.DefaultTimeout, func() time.Time { return clock("12:30") })
	tally, err := runner.Shard(t.Context(), 0, clock("12:30"), table.window)
	if err == nil || !strings.Contains(err.Error(), poison.ID.String()) || !strings.Contains(err.Error(), "an item like no other") {
		t.Errorf("got the error %v, want one that names the task and the panic", err)
	}
	if tally.Looked != 2 || tally.Failed != 1 || tally.Claimed != 1 || len(table.sent) != 1 {
		t.Errorf("got %+v and %d events, want the other task run", tally, len(table.sent))
	}
}
