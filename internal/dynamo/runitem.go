package dynamo

import (
	"context"
	"time"

	"accounttasks/internal/run"
)

// runKept is how long a run is kept.
const runKept = 90 * 24 * time.Hour

// PutRun implements run.Store. ExpiresAt is the table's time to live, in Unix seconds.
func (r Runs) PutRun(ctx context.Context, s run.State) error {
	b := newBuilder()
	b.ifMissing(PartitionKey)
	b.set("RunID", text(s.Open.ID.String()), true)
	b.set("Due", date(s.Open.Due), true)
	b.set("Started", date(s.LastRunOn), true)
	b.set("Trigger", text(string(s.Open.Trigger)), true)
	b.set("Outcome", text(string(run.OutcomeRunning)), true)
	b.set(attrMissed, number(s.Open.Missed), true)
	b.set("ExpiresAt", number(s.LastRunOn.Add(runKept).Unix()), true)
	_, err := r.table.updateItem(ctx, runKey(s), b.expression(), outcomeUnknown)
	return err
}
