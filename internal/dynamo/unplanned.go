package dynamo

import (
	"context"
	"iter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/run"
)

// Unplanned lists the tasks that were registered before there was a runner, and that no update has brought to it since,
// with one scan.
func (r Runs) Unplanned(ctx context.Context) iter.Seq2[run.Ref, error] {
	return func(yield func(run.Ref, error) bool) {
		for row, err := range scan(ctx, r.table.client, r.table.name, "list tasks", dynamodb.ScanInput{
			FilterExpression: aws.String("begins_with(#pk, :account) AND begins_with(#sk, :task) AND " +
				"attribute_not_exists(#LastEdit) AND attribute_not_exists(#Deleted)"),
			ProjectionExpression:      aws.String("#pk, #sk"),
			ExpressionAttributeNames:  aliasesOf(PartitionKey, SortKey, attrLastEdit, attrDeleted),
			ExpressionAttributeValues: item{":account": text(accountPrefix), ":task": text(taskPrefix)},
		}) {
			if err != nil {
				yield(run.Ref{}, err)
				return
			}
			if key, ok := r.table.ownKeyOf(ctx, row); ok && !yield(key.Ref, nil) {
				return
			}
		}
	}
}

// AskForLook has the runner look at an unplanned task, as an update at this time would. It changes nothing else of the
// task, and nothing at all (asked is false) where an update has come first, or the task is gone.
func (r Runs) AskForLook(ctx context.Context, ref run.Ref, at time.Time) (asked bool, err error) {
	b := newBuilder()
	b.ifExists(PartitionKey)
	b.ifMissing(attrDeleted)
	b.ifMissing(attrLastEdit)
	for _, name := range []string{DueAt, attrLastEdit, attrEdited} {
		b.set(name, date(at), true)
	}
	b.set(DueShard, shardOf(ref.ID), true)
	o, err := r.table.updateItem(ctx, taskKey(ref.AccountID, ref.ID), b.expression(), outcomeUnknown)
	if err != nil || o.applied {
		return o.applied, err
	}
	// The answer to an attempt that was applied may have been lost.
	first := &fields{item: o.item}
	return o.unknown && first.date(attrLastEdit).Equal(at), nil
}
