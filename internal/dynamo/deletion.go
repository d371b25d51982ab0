package dynamo

import (
	"context"
	"errors"
	"strings"
	"time"

	"accounttasks/internal/task"
)

// deletedKept is how long the item of a deleted task remains, for repeats of the delete. That of an imported task remains
// for good.
const deletedKept = 24*time.Hour + time.Minute

const markDeleted = "SET #Deleted = :deleted, #ExpiresAt = if_not_exists(#DeletedUntil, :expires) REMOVE #DueAt, #DueShard"

// Delete implements task.Store with one UpdateItem. It makes one more where preconditions have to be compared with a revision
// that is not of this package's form, and one for each time that such a task has changed meanwhile.
func (t *Table) Delete(ctx context.Context, d task.Deletion) (task.Result, error) {
	exact, unknown := item(nil), false
	for range maxDeleteTries {
		o, err := t.updateItem(ctx, taskKey(d.AccountID, d.ID), deletionOf(d, exact), outcomeUnknown)
		if err != nil {
			return task.Result{}, failedAfter(unknown, err)
		}
		o.unknown = o.unknown || unknown
		result, err := t.resultOfDelete(ctx, o, d)
		if !errors.Is(err, errInTheWay) {
			return result, err
		}
		exact, unknown = o.item, o.unknown
	}
	return task.Result{}, notApplied(unknown)
}

// maxDeleteTries is how often a delete is tried.
const maxDeleteTries = 4

// resultOfDelete returns what an outcome means for the caller. The error is errInTheWay if the delete may be tried again.
func (t *Table) resultOfDelete(ctx context.Context, o outcome, d task.Deletion) (task.Result, error) {
	switch {
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
	current := t.read(ctx, o.item)
	switch {
	case !isStale(current.Revision, w):
		return task.Result{}, errInTheWay
	case o.unknown && couldApplyLater(w):
		return task.Result{}, &task.Error{Code: task.CodeUnavailable, Reason: outcomeUnknown}
	}
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

// deletionOf returns a write that marks the task as deleted, keeps its other attributes, and removes it from the index of
// due tasks. With exact, the task must have the very revision of that item, for which the preconditions hold.
func deletionOf(d task.Deletion, exact item) expression {
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
	if exact != nil {
		e.ifAsSeen(exact, attrVersion, attrTokens[0])
	} else {
		e.guard(w.IfMatch)
		e.guardAgainst(w)
	}
	if strings.Contains(e.condition, "#Version") {
		e.names["#Version"] = attrVersion
	}
	return e
}

// guardsOf returns what a delete shares with an update: its token and its preconditions.
func guardsOf(d task.Deletion) task.ConditionalUpdate {
	return task.ConditionalUpdate{Token: d.Token, Keyed: d.Keyed, IfMatch: d.IfMatch, NotAt: d.NotAt, NotAtAny: d.NotAtAny}
}
