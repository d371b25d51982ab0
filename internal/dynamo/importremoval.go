package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/run"
)

// RemoveImported removes a task that was seen, if it has neither been changed nor run since. A later import may bring it
// again. removed says that the table does not have the task any more; where it is false, the task was left as it is.
func (r Runs) RemoveImported(ctx context.Context, seen run.State) (removed bool, err error) {
	for exact := item(nil); ; {
		removed, err := r.removeUntouched(ctx, seen, exact)
		if err != nil || removed {
			return removed, err
		}
		// The answer to an attempt that was applied may have been lost, or the task has attributes of another form.
		current, err := r.table.getItem(ctx, taskKey(seen.AccountID, seen.ID))
		switch {
		case err != nil:
			return false, err
		case len(current) == 0:
			return true, nil
		case exact != nil || !r.isUntouched(ctx, current, seen):
			return false, nil
		}
		exact = current
	}
}

// removeUntouched deletes a task that is untouched since it was seen. With exact, it must have the very attributes of that
// item.
func (r Runs) removeUntouched(ctx context.Context, seen run.State, exact item) (removed bool, err error) {
	b := newBuilder()
	b.exact = exact
	b.ifUntouched(seen)
	attempts := newAttempts(r.table.client.Options().Retryer, outcomeUnknown)
	_, err = request(ctx, attempts, r.table.client.DeleteItem, &dynamodb.DeleteItemInput{
		TableName: &r.table.name, Key: taskKey(seen.AccountID, seen.ID),
		ConditionExpression:      aws.String(b.condition()),
		ExpressionAttributeNames: b.names, ExpressionAttributeValues: b.valuesOrNil(),
	})
	var failed *types.ConditionalCheckFailedException
	switch {
	case err == nil:
		return true, nil
	case errors.As(err, &failed):
		return false, nil
	}
	return false, attempts.classify(fmt.Errorf("remove task %s: %w", seen.ID, err))
}
