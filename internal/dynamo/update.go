package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/task"
)

// How often an update is tried with another date or revision, and for how long after its beginning new tries and the removal of
// outdated marks begin: the last one may take as long as attempts take, and the function has ten seconds.
const (
	maxTries  = 8
	triesTime = 4 * time.Second
	tidyTime  = 3 * time.Second
)

// Update implements task.Store. It makes one UpdateItem, one more for each time that another instance's clock
// turns out to be ahead, one more where the item has a date or a revision that is not of this package's form, and one
// where marks of keys are outdated.
func (t *Table) Update(ctx context.Context, w task.ConditionalUpdate) (task.Result, error) {
	begun := time.Now()
	modified, exact, unknown := w.ModifiedAt, item(nil), false
	for range maxTries {
		o, err := t.updateItem(ctx, taskKey(w.AccountID, w.ID), expressionOf(w, modified, exact), outcomeUnknown)
		if err != nil {
			return task.Result{}, failedAfter(unknown, err)
		}
		o.unknown = o.unknown || unknown
		result, err := t.resultOf(ctx, o, w, modified)
		if !errors.Is(err, errInTheWay) {
			if time.Since(begun) < tidyTime {
				t.forgetKeys(ctx, taskKey(w.AccountID, w.ID), o.item, w)
			}
			return result, err
		}
		if time.Since(begun) > triesTime {
			break
		}
		next, counted := nextDate(o.item[attrDateModified], w.ModifiedAt, time.Since(begun))
		if counted && textOf(o.item[attrDateModified]) >= task.FormatDate(modified) {
			modified, exact = next, nil
			continue
		}
		// No date keeps an earlier attempt, whose answer was lost, from being applied to such an item.
		modified, exact, unknown = next, o.item, o.unknown
	}
	return task.Result{}, notApplied(unknown)
}

// notApplied is the error of a change that has been tried often enough. unknown says that one of its attempts may still
// be applied.
func notApplied(unknown bool) error {
	if unknown {
		return &task.Error{Code: task.CodeUnavailable, Reason: outcomeUnknown, Cause: errInTheWay}
	}
	return &task.Error{Code: task.CodeTooManyRequests, Reason: tableBusy, Cause: errInTheWay}
}

// failedAfter is the error of a change whose last try failed with err. unknown says that an earlier try may still be
// applied: then the change's outcome is unknown, however the last one failed.
func failedAfter(unknown bool, err error) error {
	if unknown {
		return &task.Error{Code: task.CodeUnavailable, Reason: outcomeUnknown, Cause: err}
	}
	return err
}

// TryUpdate implements task.Store with one GetItem.
func (t *Table) TryUpdate(ctx context.Context, w task.ConditionalUpdate) (task.Result, error) {
	current, err := t.getItem(ctx, taskKey(w.AccountID, w.ID))
	if err != nil {
		return task.Result{}, err
	}
	result, err := t.resultOf(ctx, outcome{item: current}, w, w.ModifiedAt)
	if !errors.Is(err, errInTheWay) {
		return result, err
	}
	would := t.read(ctx, current)
	would.Definition, would.Name = w.Definition, w.Name
	would.DateModified, would.LastModifiedBy = w.ModifiedAt, w.ModifiedBy
	would.Revision = task.Revision{}
	if w.Enabled != nil {
		would.Enabled = *w.Enabled
	}
	return task.Result{Task: would}, nil
}

// errInTheWay: the write was not applied, and only because the stored date is not older, or because a date or a
// revision is stored that this package does not write.
var errInTheWay = errors.New("the task was modified later than this instance's clock says, or by another program")

// outcome is the table's response to a conditional write.
type outcome struct {
	item    item // as it is now; empty where there is none
	applied bool // the condition held
	unknown bool // an earlier attempt of the write may have been applied
}

// updateItem carries out one UpdateItem, with the attempts that it takes.
func (t *Table) updateItem(ctx context.Context, key item, e expression, onUnknown string) (outcome, error) {
	attempts := newAttempts(t.client.Options().Retryer, onUnknown)
	in := e.input(t.name, key)
	in.ReturnValues = types.ReturnValueAllNew
	in.ReturnValuesOnConditionCheckFailure = types.ReturnValuesOnConditionCheckFailureAllOld
	out, err := request(ctx, attempts, t.client.UpdateItem, in)
	var failed *types.ConditionalCheckFailedException
	switch {
	case err == nil:
		return outcome{item: out.Attributes, applied: true}, nil
	case errors.As(err, &failed):
		return outcome{item: failed.Item, unknown: attempts.unknown}, nil
	}
	return outcome{}, attempts.classify(fmt.Errorf("update the item %s: %w", textOf(key[SortKey]), err))
}

// updateAsSeen carries out an UpdateItem whose condition compares attributes in the form in which this package writes them.
// If the table refuses the write although isAsSeen reports that the item has not changed, the item has attributes of
// another form, such as a date with Z or a number that cannot be read. Then the write is made once more, and its condition
// compares with exactly the attributes of that item.
func (t *Table) updateAsSeen(
	ctx context.Context, key item, write func(exact item) expression, isAsSeen func(current item) bool,
) (outcome, error) {
	o, err := t.updateItem(ctx, key, write(nil), outcomeUnknown)
	if err == nil && !o.applied && len(o.item) > 0 && isAsSeen(o.item) {
		unknown := o.unknown
		if o, err = t.updateItem(ctx, key, write(o.item), outcomeUnknown); err != nil {
			return o, failedAfter(unknown, err)
		}
		o.unknown = o.unknown || unknown
	}
	return o, err
}

// resultOf returns what an outcome means for the caller. The error is errInTheWay if the update may be tried again.
func (t *Table) resultOf(ctx context.Context, o outcome, w task.ConditionalUpdate, modified time.Time) (task.Result, error) {
	if len(o.item) == 0 || o.item[attrDeleted] != nil {
		return task.Result{}, notFound(w.ID)
	}
	if o.applied {
		return task.Result{Task: t.read(ctx, o.item)}, nil
	}
	if found, ok := traceOf(o.item, w); ok {
		if found.print != w.Fingerprint {
			return task.Result{}, keyReused()
		}
		return task.Result{Task: t.read(ctx, o.item), Replayed: !isOwn(found, o, w, modified)}, nil
	}
	if o.unknown && couldBeForgotten(o.item, w, modified) {
		return task.Result{}, &task.Error{Code: task.CodeUnavailable, Reason: outcomeUnknown}
	}
	if current := t.read(ctx, o.item); isStale(current.Revision, w) {
		if o.unknown && couldApplyLater(w) && textOf(o.item[attrDateModified]) < task.FormatDate(modified) {
			return task.Result{}, &task.Error{Code: task.CodeUnavailable, Reason: outcomeUnknown}
		}
		return task.Result{}, stale(&current)
	}
	return task.Result{}, errInTheWay
}

// isOwn reports whether the trace is that of an attempt of this very request, whose answer was lost. Without a key it
// cannot be another's.
func isOwn(found trace, o outcome, w task.ConditionalUpdate, modified time.Time) bool {
	return !w.Keyed || o.unknown && (found.date == task.FormatDate(modified) || found.date == task.FormatDate(w.ModifiedAt))
}

// isStale reports whether the preconditions exclude a task at this revision.
func isStale(current task.Revision, w task.ConditionalUpdate) bool {
	return len(w.IfMatch) > 0 && !slices.Contains(w.IfMatch, current) || w.NotAtAny || slices.Contains(w.NotAt, current)
}

// couldApplyLater reports whether an attempt of a stale change that is still under way could be applied once the task
// has left the revision that it avoids. A revision of IfMatch that is stale never comes back.
func couldApplyLater(w task.ConditionalUpdate) bool { return len(w.IfMatch) == 0 && !w.NotAtAny }

// read reads a task and logs the attributes that cannot be read.
func (t *Table) read(ctx context.Context, written item) task.Task {
	read, err := readTask(written)
	if err != nil {
		t.log.WarnContext(ctx, "a task has attributes that cannot be read", "item", keyText(written), "cause", err)
	}
	return read
}
