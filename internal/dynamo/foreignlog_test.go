package dynamo_test

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
)

// The operator has to find the item and repair it: the log names its key and every attribute that cannot be read, and
// nothing that a caller has sent.
func TestTheLogNamesItemsAndAttributesThatCannotBeRead(t *testing.T) {
	const taskItem = `{"Item":{"pk":{"S":"ACCOUNT#a"},"sk":{"S":"TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},` +
		`"Definition":{"M":{"Parameters":{"S":"secret"},"Frequency":{"S":"NEVER"}}},"Version":{"S":"3"},"Enabled":{"S":"yes"},"Claims":{"S":"x"},` +
		`"Run":{"M":{"Due":{"N":"1"}}}}}`
	const runItem = `{"Item":{"pk":{"S":"ACCOUNT#a"},"sk":{"S":"RUN#a23b4ff9-5d7e-4603-b937-6e1f724316b9#2026-06-04T03:45:03+00:00#a23b4ff9-5d7e-4603-b937-6e1f724316b9"},` +
		`"Outcome":{"N":"1"},"Missed":{"S":"x"},"User":{"N":"1"}}}`
	const rows = `{"Items":[{"pk":{"S":"ACCOUNT#a"},"sk":{"S":"TASK#by-hand"},"DueShard":{"S":"00"},"DueAt":{"S":"2026"}}]}`
	const others = `{"Items":[{"pk":{"S":"ACCOUNT#a"},"sk":{"S":"TASK#by-hand"}},{"pk":{"S":"CLIENT#c"},"sk":{"S":"CLIENT"},"AccountID":{"N":"42"}},` +
		`{"pk":{"S":"CLIENT#c"},"sk":{"S":"TOKEN#hash"},"ExpiresAt":{"S":"secret"}}]}`
	id := uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9")
	key := run.Key{Ref: run.Ref{AccountID: "a", ID: id}}
	for name, test := range map[string]struct {
		answer string
		ask    func(context.Context, *dynamo.Table) error
		names  []string
	}{
		"a task that is read": {taskItem, func(ctx context.Context, table *dynamo.Table) error {
			_, err := table.Read(ctx, "a", id)
			return err
		}, []string{"ACCOUNT#a TASK#a23b4ff9", "Version", "Enabled", "Frequency"}},
		"a task that the runner looks at": {taskItem, func(ctx context.Context, table *dynamo.Table) error {
			_, _, err := table.Runs().Read(ctx, key.Ref)
			return err
		}, []string{"ACCOUNT#a TASK#a23b4ff9", "Version", "Claims", "Due is not text", "of Run"}},
		"a run": {runItem, func(ctx context.Context, table *dynamo.Table) error {
			_, _, err := table.Runs().ReadRun(ctx, key)
			return err
		}, []string{"ACCOUNT#a RUN#a23b4ff9", "Outcome", "Missed", "User"}},
		"a row of the index": {rows, func(ctx context.Context, table *dynamo.Table) error {
			_, _, err := table.Runs().Due(ctx, 0, time.Now(), "")
			return err
		}, []string{"ACCOUNT#a TASK#by-hand"}},
		"a row of a list of all tasks": {rows, func(ctx context.Context, table *dynamo.Table) error {
			for found := range table.Runs().All(ctx) {
				t.Errorf("got the task %v, want none", found.ID)
			}
			return nil
		}, []string{"ACCOUNT#a TASK#by-hand"}},
		"what a survey reads": {others, func(ctx context.Context, table *dynamo.Table) error {
			_, err := table.Survey(ctx, dynamo.Found{})
			return err
		}, []string{"ACCOUNT#a TASK#by-hand", "CLIENT#c CLIENT", "AccountID is not text", "CLIENT#c TOKEN#hash", "ExpiresAt is not a number"}},
	} {
		var log bytes.Buffer
		table := (&engine{answers: []http.HandlerFunc{reading(test.answer)}}).start(t).LogTo(slog.New(slog.NewJSONHandler(&log, nil)))
		if err := test.ask(t.Context(), table); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		for _, want := range test.names {
			if !strings.Contains(log.String(), want) {
				t.Errorf("%s: the log has no %q:\n%s", name, want, log.String())
			}
		}
		if strings.Contains(log.String(), "secret") {
			t.Errorf("%s: the log shows Parameters:\n%s", name, log.String())
		}
	}
}
