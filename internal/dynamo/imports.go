package dynamo

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

const (
	// attrImported is what the last import wrote: the fingerprints of the imported task, and the version and token that it
	// gave the task.
	attrImported = "Imported"
	// attrDeletedUntil is until when the mark of an imported task that is deleted remains, in seconds since 1970: for good,
	// so that no later import brings the task back.
	attrDeletedUntil = "DeletedUntil"
	forGood          = 253402300799 // the end of the year 9999
)

// ImportMark is what the last import wrote to a task; the zero mark is that of a task that was not imported.
type ImportMark struct {
	task.Prints
	Revision task.Revision
}

func (m ImportMark) text() string {
	return fmt.Sprintf("%s %s %d %s", m.Edit, m.Runs, m.Revision.Version, m.Revision.Token)
}

func readImportMark(written item) (m ImportMark) {
	_, _ = fmt.Sscanf(textOf(written[attrImported]), "%s %s %d %s", &m.Edit, &m.Runs, &m.Revision.Version, &m.Revision.Token)
	return m
}

// StoredTask is a task of the table, deleted or not.
type StoredTask struct {
	run.State
	Mark ImportMark
	// DeletedAt is zero for a task that is not deleted.
	DeletedAt time.Time
}

// All lists every task of every account with one scan.
func (r Runs) All(ctx context.Context) iter.Seq2[StoredTask, error] {
	return func(yield func(StoredTask, error) bool) {
		for row, err := range scan(ctx, r.table.client, r.table.name, "list tasks", dynamodb.ScanInput{
			FilterExpression:          aws.String("begins_with(#pk, :account) AND begins_with(#sk, :task)"),
			ExpressionAttributeNames:  aliasesOf(PartitionKey, SortKey),
			ExpressionAttributeValues: item{":account": text(accountPrefix), ":task": text(taskPrefix)},
		}) {
			if err != nil {
				yield(StoredTask{}, err)
				return
			}
			if key, ok := r.table.ownKeyOf(ctx, row); ok && !key.IsRun() && !yield(StoredTask{r.table.readState(ctx, row), readImportMark(row), deletedAt(row)}, nil) {
				return
			}
		}
	}
}

// ImportTask writes an imported task as a whole, and has the runner look at it at the time now. Where seen is nil it
// creates the task; else it replaces the one that was seen, if that has neither been changed nor run since. written is
// false where the table has another one.
func (r Runs) ImportTask(ctx context.Context, i task.Import, seen *run.State, now time.Time) (written bool, err error) {
	if seen != nil {
		i.Task.Revision.Version = seen.Revision.Version + 1
	}
	return r.putImport(ctx, i, seen, func(exact item) expression { return importExpression(i, seen, now, exact) })
}

// ImportRuns writes only the last run of an imported task that was seen, and does not change its revision.
func (r Runs) ImportRuns(ctx context.Context, i task.Import, seen run.State, now time.Time) (written bool, err error) {
	i.Task.Revision = seen.Revision
	return r.putImport(ctx, i, &seen, func(exact item) expression {
		b := newBuilder()
		b.exact = exact
		b.ifUntouched(seen)
		b.setRuns(i, &seen)
		b.setLook(i, now)
		return b.expression()
	})
}

func (r Runs) putImport(ctx context.Context, i task.Import, seen *run.State, write func(exact item) expression) (bool, error) {
	o, err := r.table.updateAsSeen(ctx, taskKey(i.AccountID, i.Task.ID), write,
		func(current item) bool { return seen != nil && r.isUntouched(ctx, current, *seen) })
	if err != nil || o.applied {
		return o.applied, err
	}
	// The answer to an attempt that was applied may have been lost.
	return o.unknown && readImportMark(o.item) == ImportMark{i.Prints, i.Task.Revision}, nil
}

// importExpression writes the whole task. The register moves on, so that a late attempt of an earlier update is still
// refused. With exact, the task must have the very attributes of that item.
func importExpression(i task.Import, seen *run.State, now time.Time, exact item) expression {
	b := newBuilder()
	b.exact = exact
	if seen == nil {
		b.ifMissing(PartitionKey)
	} else {
		b.ifUntouched(*seen)
		b.shiftRegister()
	}
	written := TaskItem(i.AccountID, i.Task)
	for _, name := range []string{
		attrDefinition, attrName, attrEnabled, attrDateCreated, attrDateModified, attrLastModifiedBy, attrClientID, attrVersion, attrTokens[0],
	} {
		b.set(name, written[name], written[name] != nil)
	}
	b.set(attrPrints[0], text(i.Edit), true)
	b.set(attrDeletedUntil, number(forGood), true)
	// No look has found it disabled yet: once it is enabled, what lies before is not run.
	b.set(attrOff, date(now), !i.Task.Enabled)
	b.set(attrOn, nil, false)
	b.setRuns(i, seen)
	b.setLook(i, now)
	return b.expression()
}

// ifUntouched demands that a task has neither been changed nor run nor deleted since it was seen, and is not running.
func (b *builder) ifUntouched(seen run.State) {
	b.ifExists(PartitionKey)
	b.ifMissing(attrDeleted)
	b.ifOpen(nil)
	b.ifNumber(attrVersion, seen.Revision.Version)
	b.ifText(attrTokens[0], seen.Revision.Token)
	b.ifNumber(attrClaims, seen.Claims)
}

// isUntouched reports whether a task reads as ifUntouched demands it.
func (r Runs) isUntouched(ctx context.Context, current item, seen run.State) bool {
	now := r.table.readState(ctx, current)
	return !now.Deleted && now.Open == nil && now.Revision == seen.Revision && now.Claims == seen.Claims
}

func (b *builder) shiftRegister() {
	none := b.value("none", text(""))
	for n := registerSize - 1; n > 0; n-- {
		for _, slots := range [][registerSize]string{attrTokens, attrPrints, attrDates} {
			b.sets = append(b.sets, b.alias(slots[n])+" = if_not_exists("+b.alias(slots[n-1])+", "+none+")")
		}
	}
}

// setRuns sets the later of the two last runs. What was due until then has run, here or in the other system.
func (b *builder) setRuns(i task.Import, seen *run.State) {
	on, by, last := i.Task.LastRunOn, i.Task.LastRunBy, i.Task.LastRunOn
	if seen != nil && !seen.LastRunOn.Before(on) {
		on, by = seen.LastRunOn, seen.LastRunBy
	}
	if seen != nil && seen.Last.After(last) {
		last = seen.Last
	}
	b.set(attrLastRunOn, date(on), !on.IsZero())
	b.set(attrLastRunBy, text(by), by != "")
	b.set(attrLast, date(last), !last.IsZero())
	b.set(attrImported, text(ImportMark{i.Prints, i.Task.Revision}.text()), true)
}

// setLook has the runner plan the task anew: what was planned here is that of another time.
func (b *builder) setLook(i task.Import, now time.Time) {
	b.set(attrNext, nil, false)
	b.set(attrMissed, nil, false)
	b.set(DueAt, date(now), true)
	b.set(DueShard, shardOf(i.Task.ID), true)
	b.set(attrLastEdit, date(i.Since), true)
	b.set(attrEdited, date(i.Since), true)
}
