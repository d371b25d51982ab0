package dynamo

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// Create implements client.RecordStore with one transaction.
func (t *Clients) Create(ctx context.Context, c client.Client, hashes map[string]client.Hash) error {
	writes := []types.TransactWriteItem{
		{Put: &types.Put{
			TableName: &t.name, Item: clientItem(c),
			ConditionExpression:      aws.String("attribute_not_exists(#pk)"),
			ExpressionAttributeNames: map[string]string{"#pk": PartitionKey},
		}},
		{Put: &types.Put{TableName: &t.name, Item: hashesItem(c.ID, hashes)}},
	}
	if c.Added {
		writes = append(writes, types.TransactWriteItem{Update: t.countUp(c.AccountID)})
	}
	o, err := t.transact(ctx, "create client "+c.ID, writes)
	if err != nil || !o.refused {
		return err
	}
	now, err := t.loadRefused(ctx, c.ID, o)
	switch {
	case err != nil:
		return err
	case now.Generation == c.Generation: // an earlier attempt's answer was lost
		return nil
	case now.ID != "":
		return client.ErrExists
	case c.Added:
		return client.ErrFull
	}
	return client.ErrChanged
}

func (t *Clients) countUp(accountID string) *types.Update {
	return &types.Update{
		TableName: &t.name, Key: addedKey(accountID),
		UpdateExpression:         aws.String("SET #Count = if_not_exists(#Count, :none) + :one"),
		ConditionExpression:      aws.String("attribute_not_exists(#Count) OR #Count < :limit"),
		ExpressionAttributeNames: map[string]string{"#Count": attrCount},
		ExpressionAttributeValues: item{
			":none": number(0), ":one": number(1), ":limit": number(client.AddedLimit),
		},
	}
}

func (t *Clients) countDown(accountID string) *types.Update {
	return &types.Update{
		TableName: &t.name, Key: addedKey(accountID),
		UpdateExpression:          aws.String("SET #Count = if_not_exists(#Count, :one) + :less"),
		ExpressionAttributeNames:  map[string]string{"#Count": attrCount},
		ExpressionAttributeValues: item{":one": number(1), ":less": number(-1)},
	}
}

// Replace implements client.RecordStore with one transaction.
func (t *Clients) Replace(ctx context.Context, seen, changed client.Client, hashes map[string]client.Hash) error {
	changed.Version = seen.Version + 1
	condition := unchanged(seen)
	writes := []types.TransactWriteItem{{Put: &types.Put{
		TableName: &t.name, Item: clientItem(changed),
		ConditionExpression: &condition.text, ExpressionAttributeNames: condition.names, ExpressionAttributeValues: condition.values,
	}}}
	if !slices.Equal(seen.Secrets, changed.Secrets) {
		writes = append(writes, types.TransactWriteItem{Put: &types.Put{TableName: &t.name, Item: hashesItem(changed.ID, hashes)}})
	}
	o, err := t.transact(ctx, "change client "+changed.ID, writes)
	if err != nil || !o.refused {
		return err
	}
	now, err := t.loadRefused(ctx, changed.ID, o)
	switch {
	case err != nil:
		return err
	case now.Version == changed.Version && now.Generation == changed.Generation && slices.Equal(now.Secrets, changed.Secrets):
		return nil // an earlier attempt's answer was lost
	}
	return client.ErrChanged
}

// Delete implements client.RecordStore with one transaction.
func (t *Clients) Delete(ctx context.Context, seen client.Client) error {
	condition := unchanged(seen)
	writes := []types.TransactWriteItem{
		{Delete: &types.Delete{
			TableName: &t.name, Key: clientKey(seen.ID),
			ConditionExpression: &condition.text, ExpressionAttributeNames: condition.names, ExpressionAttributeValues: condition.values,
		}},
		{Delete: &types.Delete{TableName: &t.name, Key: hashesKey(seen.ID)}},
	}
	what := "remove client " + seen.ID
	if seen.Added {
		writes = append(writes, types.TransactWriteItem{Update: t.countDown(seen.AccountID)})
		what += " and count it down in the item " + keyText(addedKey(seen.AccountID))
	}
	o, err := t.transact(ctx, what, writes)
	if err == nil && o.refused {
		return client.ErrChanged
	}
	return err
}

// condition is a condition expression with what it needs.
type condition struct {
	text   string
	names  map[string]string
	values item
}

// unchanged holds for the record that was read. A record from before generations has none, and version 0.
func unchanged(seen client.Client) condition {
	if seen.Generation == "" {
		return condition{
			text:  "attribute_exists(#pk) AND attribute_not_exists(#Generation)",
			names: map[string]string{"#pk": PartitionKey, "#Generation": attrGeneration},
		}
	}
	return condition{
		text:   "#Generation = :generation AND #Version = :version",
		names:  map[string]string{"#Generation": attrGeneration, "#Version": attrVersion},
		values: item{":generation": text(seen.Generation), ":version": number(seen.Version)},
	}
}

// transacted is the outcome of a transaction that was answered.
type transacted struct {
	refused bool // one of its conditions did not hold
	unknown bool // an earlier attempt may have been applied
}

// transact carries out a transaction. The SDK gives all attempts the same token, by which DynamoDB applies them once.
func (t *Clients) transact(ctx context.Context, what string, writes []types.TransactWriteItem) (transacted, error) {
	attempts := transaction{newAttempts(t.client.Options().Retryer, outcomeUnknown)}
	_, err := request(ctx, attempts, t.client.TransactWriteItems, &dynamodb.TransactWriteItemsInput{TransactItems: writes})
	switch {
	case err == nil:
		return transacted{}, nil
	case hasReason(err, "ConditionalCheckFailed"):
		return transacted{refused: true, unknown: attempts.unknown}, nil
	case isDisplaced(err) && !attempts.unknown:
		return transacted{}, &task.Error{Code: task.CodeTooManyRequests, Cause: err, Reason: tableBusy}
	}
	return transacted{}, attempts.classify(fmt.Errorf("%s: %w", what, err))
}

// transaction are the attempts of a transaction: one that another change displaced is tried again.
type transaction struct{ *attempts }

// IsErrorRetryable implements aws.Retryer.
func (t transaction) IsErrorRetryable(err error) bool {
	return t.attempts.IsErrorRetryable(err) || isDisplaced(err)
}

// isDisplaced reports whether a transaction was cancelled for the load or for another change of its items alone.
func isDisplaced(err error) bool {
	return !hasReason(err, "ConditionalCheckFailed") &&
		(hasReason(err, "TransactionConflict") || hasReason(err, "ThrottlingError") || hasReason(err, "ProvisionedThroughputExceeded"))
}

// hasReason reports whether a transaction was cancelled for a reason.
func hasReason(err error, code string) bool {
	var cancelled *types.TransactionCanceledException
	return errors.As(err, &cancelled) && slices.ContainsFunc(cancelled.CancellationReasons, func(r types.CancellationReason) bool {
		return aws.ToString(r.Code) == code
	})
}

// loadRefused reads the client of a refused transaction.
func (t *Clients) loadRefused(ctx context.Context, id string, o transacted) (client.Client, error) {
	found, err := t.loadClient(ctx, id)
	if err != nil && o.unknown {
		err = &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: outcomeUnknown}
	}
	return found, err
}

func (t *Clients) loadClient(ctx context.Context, id string) (client.Client, error) {
	items, err := t.batchGet(ctx, clientKey(id))
	if err != nil {
		return client.Client{}, err
	}
	return readClient(items[0])
}
