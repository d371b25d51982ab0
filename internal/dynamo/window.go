package dynamo

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/run"
)

// RunsPartition is the partition key of what holds for all runs.
const RunsPartition = "RUNS"

const (
	attrFrom  = "From"
	attrUntil = "Until"
)

func windowKey() item { return key(RunsPartition, "WINDOW") }

// WindowItem is the item of a window, for a table on which runs are not held.
func WindowItem(w run.Window) map[string]types.AttributeValue {
	written := windowKey()
	for name, at := range map[string]time.Time{attrFrom: w.From, attrUntil: w.Until} {
		if !at.IsZero() {
			written[name] = date(at)
		}
	}
	return written
}

// Window implements run.Store with one GetItem. A table without the item has the zero window.
func (r Runs) Window(ctx context.Context) (run.Window, error) {
	written, err := r.table.getItem(ctx, windowKey())
	if err != nil {
		return run.Window{}, err
	}
	return readWindow(written)
}

// readWindow refuses a window that it cannot read: runs must not start by accident.
func readWindow(written item) (run.Window, error) {
	f := &fields{item: written}
	w := run.Window{From: f.date(attrFrom), Until: f.date(attrUntil)}
	return w, f.err
}

// ReplaceWindow writes a window unless it differs from what was seen; replaced tells which.
func (r Runs) ReplaceWindow(ctx context.Context, seen, next run.Window) (replaced bool, err error) {
	o, err := r.table.updateAsSeen(ctx, windowKey(),
		func(exact item) expression { return windowExpression(seen, next, exact) },
		func(current item) bool { read, err := readWindow(current); return err == nil && read == seen })
	if err != nil || o.applied {
		return o.applied, err
	}
	// The answer to an attempt that was applied may have been lost.
	current, err := readWindow(o.item)
	return err == nil && current == next, err
}

// windowExpression makes the expression of a change of the window. With exact, the table must have the very dates of
// that item.
func windowExpression(seen, next run.Window, exact item) expression {
	b := newBuilder()
	b.exact = exact
	b.ifDate(attrFrom, seen.From)
	b.ifDate(attrUntil, seen.Until)
	b.set(attrFrom, date(next.From), !next.From.IsZero())
	b.set(attrUntil, date(next.Until), !next.Until.IsZero())
	return b.expression()
}
