package dynamo

import (
	"context"
	"strings"
	"time"

	"accounttasks/internal/task"
)

// deletedKept is how long the item of a deleted task remains, for repeats of the delete. That of an imported task remains
// for good.
const deletedKept = 24*time.Hour + time.Minute

const markDeleted = "SET #Deleted = :deleted, #ExpiresAt = if_not_exists(#DeletedUntil, :expires) REMOVE #DueAt, #DueShard"

// Delete implements task.Store with one UpdateItem.
func (t *Table) Delete(ctx context.Context, d task.Deletion) (task.Result, error) {
	o, err := t.updateItem(ctx, taskKey(d.AccountID, d.ID), deletionOf(d), outcomeUnknown)
	switch {
	case err != nil:
		return task.Result{}, err
	case len(o.item) == 0:
		return task.Result{}, notFound(d.ID)
	case o.applied:
		return task.Result{Task: t.read(ctx, o.item)}, nil
	case o.item[attrDeleted] != nil:
		return t.deleted(ctx, o, d)
	}
	w := guardsOf(d)
	if _, used := traceOf(o.item, w); used {
		return task.Result{}, keyReused()
	}
	if o.unknown && couldApplyLater(w) {
		return task.Result{}, &task.Error{Code: task.CodeUnavailable, Reason: outcomeUnknown}
	}
	current := t.read(ctx, o.item)
	return task.Result{}, stale(&current)
}

// deleted returns the result of a delete whose task was deleted before.
func (t *Table) deleted(ctx context.Context, o outcome, d task.Deletion) (task.Result, error) {
	parts := strings.Fields(textOf(o.item[attrDeleted]))
	if len(parts) != 3 || parts[0] != d.Token || parts[1] != d.Fingerprint {
		return task.Result{}, notFound(d.ID)
	}
	at, err := time.Parse(task.DateLayout, parts[2])
	if err != nil || d.DeletedAt.Sub(at) > deletedKept {
		return task.Result{}, notFound(d.ID)
	}
	own := !d.Keyed || o.unknown && at.Equal(d.DeletedAt)
	return task.Result{Task: t.read(ctx, o.item), Replayed: !own}, nil
}

// deletedAt is when the task was deleted; zero where it was not.
func deletedAt(written item) time.Time {
	parts := strings.Fields(textOf(written[attrDeleted]))
	if len(parts) != 3 {
		return time.Time{}
	}
	at, _ := time.Parse(task.DateLayout, parts[2])
	return at
}

// deletionOf returns a write that marks the task as deleted, keeps its other attributes, and removes it from the index of due tasks.
func deletionOf(d task.Deletion) expression {
	e := expression{
		update:    markDeleted,
		condition: existsAndIsNew,
		names:     aliasesOf(PartitionKey, attrDeleted, attrExpiresAt, attrDeletedUntil, DueAt, DueShard, attrTokens[0], attrTokens[1], attrTokens[2], attrTokens[3]),
		values: item{
			":token":   text(d.Token),
			":deleted": text(strings.Join([]string{d.Token, d.Fingerprint, task.FormatDate(d.DeletedAt)}, " ")),
			":expires": number(d.DeletedAt.Add(deletedKept).Unix()),
		},
	}
	w := guardsOf(d)
	if d.Keyed {
		e.names["#mark"] = markPrefix + d.Token
		e.condition += isNotMarked
	}
	if len(w.IfMatch)+len(w.NotAt) > 0 {
		e.names["#Version"] = attrVersion
	}
	e.guard(w.IfMatch)
	e.guardAgainst(w)
	return e
}

// guardsOf returns what a delete shares with an update: its token and its preconditions.
func guardsOf(d task.Deletion) task.ConditionalUpdate {
	return task.ConditionalUpdate{Token: d.Token, Keyed: d.Keyed, IfMatch: d.IfMatch, NotAt: d.NotAt, NotAtAny: d.NotAtAny}
}
