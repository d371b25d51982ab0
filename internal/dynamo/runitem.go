package dynamo

import (
	"context"
	"time"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// runKept is how long a run is kept.
const runKept = 90 * 24 * time.Hour

// The names of a run's attributes, besides those that a task has too. DueAt is the deadline of an open run, and the next
// try to send the notification of one that has ended.
const (
	attrRunID      = "RunID"
	attrDue        = "Due"
	attrStarted    = "Started"
	attrFinished   = "Finished"
	attrTrigger    = "Trigger"
	attrOutcome    = "Outcome"
	attrMessage    = "Message"
	attrOverdue    = "Overdue"
	attrUser       = "User"
	attrTaskID     = "TaskID"
	attrNotify     = "Notification"
	attrModifiedBy = "ModifiedBy"
)

// PutRun implements run.Store with one UpdateItem. ExpiresAt is the table's time to live, in Unix seconds.
func (r Runs) PutRun(ctx context.Context, s run.State, deadline time.Time) error {
	b := newBuilder()
	b.ifMissing(PartitionKey)
	b.orOpenUntilBefore(deadline)
	for _, attribute := range []struct {
		name, value string
	}{
		{attrRunID, s.Open.ID.String()}, {attrDue, task.FormatDate(s.Open.Due)}, {attrStarted, task.FormatDate(s.LastRunOn)},
		{attrTrigger, string(s.Open.Trigger)}, {attrOutcome, string(run.OutcomeRunning)}, {attrUser, s.Open.User},
		{attrTaskID, s.TaskID.String()}, {attrName, s.Name}, {attrNotify, s.Notification.String()}, {attrModifiedBy, s.LastModifiedBy},
	} {
		b.setOnce(attribute.name, text(attribute.value))
	}
	b.setOnce(attrMissed, number(s.Open.Missed))
	b.setOnce(attrExpiresAt, number(s.LastRunOn.Add(runKept).Unix()))
	b.set(DueAt, date(deadline), true)
	b.set(DueShard, shardOf(s.ID), true)
	_, err := r.table.updateItem(ctx, runKey(s.OpenKey()), b.expression(), outcomeUnknown)
	return err
}

// ReadRun implements run.Store with one GetItem.
func (r Runs) ReadRun(ctx context.Context, key run.Key) (run.Stored, bool, error) {
	written, err := r.table.getItem(ctx, runKey(key))
	if err != nil || len(written) == 0 {
		return run.Stored{}, false, err
	}
	return r.readStored(ctx, written), true, nil
}

// SaveRun implements run.Store with one UpdateItem, and one more where another program has written attributes in another
// form.
func (r Runs) SaveRun(ctx context.Context, seen, next run.Stored) (run.Stored, bool, error) {
	o, err := r.table.updateAsSeen(ctx, runKey(seen.Key()),
		func(exact item) expression { return runExpression(seen, next, exact) },
		func(current item) bool {
			read := r.readStored(ctx, current)
			return read.Outcome == seen.Outcome && read.DueAt.Equal(seen.DueAt)
		})
	if err != nil || len(o.item) == 0 {
		return run.Stored{}, false, err
	}
	return r.readStored(ctx, o.item), o.applied, nil
}

// runExpression makes the expression of a change of a run. With exact, the run must have the very outcome and deadline of
// that item.
func runExpression(seen, next run.Stored, exact item) expression {
	b := newBuilder()
	b.exact = exact
	b.ifExists(PartitionKey)
	b.ifText(attrOutcome, string(seen.Outcome))
	b.ifDate(DueAt, seen.DueAt)
	b.set(attrOutcome, text(string(next.Outcome)), true)
	b.set(attrMessage, text(next.Message), next.Message != "")
	b.set(attrFinished, date(next.FinishedOn), !next.FinishedOn.IsZero())
	b.set(attrOverdue, boolean(true), next.Overdue)
	b.set(DueAt, date(next.DueAt), !next.DueAt.IsZero())
	b.set(DueShard, shardOf(next.Task.ID), !next.DueAt.IsZero())
	return b.expression()
}

// readStored reads a run's item.
func (r Runs) readStored(ctx context.Context, written item) run.Stored {
	key, _ := keyOf(written)
	record, _, _ := r.readRecord(ctx, key.ID, written)
	f := &fields{item: written}
	s := run.Stored{
		Task: key.Ref, Record: record,
		User: f.text(attrUser), Name: f.text(attrName), TaskID: f.guid(attrTaskID), ModifiedBy: f.text(attrModifiedBy),
		Notification: task.Notification(f.member(attrNotify, task.Notifications)),
		Overdue:      f.flag(attrOverdue, false), DueAt: f.date(DueAt),
	}
	if f.err != nil {
		r.table.log.WarnContext(ctx, "a run has attributes that cannot be read", "item", keyText(written), "cause", f.err)
	}
	return s
}
