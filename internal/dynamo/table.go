package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// Table is the task table. It implements task.Store and task.CatalogueSource and is safe for concurrent
// use.
type Table struct {
	client *dynamodb.Client
	name   string
}

// NewTable makes a table of this name behind the client.
func NewTable(client *dynamodb.Client, name string) *Table {
	return &Table{client: client, name: name}
}

// Update implements task.Store with exactly one UpdateItem, however it ends.
func (t *Table) Update(ctx context.Context, w task.ConditionalUpdate) (task.Result, error) {
	e := expressionOf(w)
	attempts := newAttempts(t.client.Options().Retryer, updateUnknown)
	begun := time.Now()
	out, err := t.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName:                           &t.name,
		Key:                                 taskKey(w.AccountID, w.ID),
		UpdateExpression:                    &e.update,
		ConditionExpression:                 &e.condition,
		ExpressionAttributeNames:            e.names,
		ExpressionAttributeValues:           e.values,
		ReturnValues:                        types.ReturnValueAllNew,
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	}, func(o *dynamodb.Options) { o.Retryer = attempts })
	telemetry.CountTableCall(ctx, time.Since(begun), attempts.made(err))
	var failed *types.ConditionalCheckFailedException
	switch {
	case err == nil:
		updated, err := readTask(out.Attributes)
		return task.Result{Task: updated}, err
	case errors.As(err, &failed):
		return conditionError(failed.Item, w)
	}
	return task.Result{}, attempts.classify(fmt.Errorf("update task %s: %w", w.ID, err))
}

// conditionError tells why the condition did not hold, from the item that it did not hold for.
func conditionError(current item, w task.ConditionalUpdate) (task.Result, error) {
	if len(current) == 0 {
		return task.Result{}, &task.Error{Code: task.CodeTaskNotFound,
			Reason: fmt.Sprintf("There is no task %s on your account.", w.ID)}
	}
	used, same := seen(current, w)
	if used && !same {
		return task.Result{}, &task.Error{Code: task.CodeIdempotencyKeyReused,
			Reason: "The Idempotency-Key was used for another update of this task: send a new key with each update."}
	}
	now, err := readTask(current)
	switch {
	case err != nil:
		return task.Result{}, err
	case used:
		return task.Result{Task: now, Replayed: true}, nil
	}
	return task.Result{}, &task.Error{Code: task.CodePreconditionFailed, Current: &now,
		Reason: "The task has changed since the entity-tag in If-Match: look at the current task and send its ETag."}
}

// PutIfAbsent puts an item unless the table has one with its key; created tells which.
func PutIfAbsent(ctx context.Context, client *dynamodb.Client, table string, written map[string]types.AttributeValue) (created bool, err error) {
	_, err = client.PutItem(ctx, &dynamodb.PutItemInput{
		TableName:                &table,
		Item:                     written,
		ConditionExpression:      aws.String("attribute_not_exists(#pk)"),
		ExpressionAttributeNames: map[string]string{"#pk": PartitionKey},
	})
	var failed *types.ConditionalCheckFailedException
	if errors.As(err, &failed) {
		return false, nil
	}
	return err == nil, err
}
