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
)

// clientsUnknown is what a caller is told where clients or tokens could not be read or written.
const clientsUnknown = "Clients and their tokens could not be looked up in time: repeat the request later."

// errUnprocessed: DynamoDB repeatedly left keys of a batch unprocessed.
var errUnprocessed = errors.New("the table left items unprocessed")

// batchGet reads items consistently with one BatchGetItem. Keys that the table leaves unprocessed are asked for
// again, as often as a failed attempt; then the error has task.CodeUnavailable. The items are in the order of the
// keys; one that is not there is empty.
func (t *Clients) batchGet(ctx context.Context, keys ...item) ([]item, error) {
	items := make([]item, len(keys))
	rest := keys
	for round := 0; len(rest) > 0; round++ {
		if round == maxAttempts {
			return nil, &task.Error{Code: task.CodeUnavailable, Cause: errUnprocessed, Reason: clientsUnknown}
		}
		if err := t.pause(ctx, round); err != nil {
			return nil, &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: clientsUnknown}
		}
		found, unprocessed, err := t.batchGetOnce(ctx, rest)
		if err != nil {
			return nil, err
		}
		place(items, keys, found)
		rest = unprocessed
	}
	return items, nil
}

func (t *Clients) batchGetOnce(ctx context.Context, keys []item) (found, unprocessed []item, err error) {
	attempts := newAttempts(t.client.Options().Retryer, clientsUnknown)
	out, err := request(ctx, attempts, t.client.BatchGetItem, &dynamodb.BatchGetItemInput{
		RequestItems: map[string]types.KeysAndAttributes{t.name: {Keys: keys, ConsistentRead: aws.Bool(true)}},
	})
	if err != nil {
		return nil, nil, attempts.unavailable(fmt.Errorf("read clients and tokens: %w", err))
	}
	return out.Responses[t.name], out.UnprocessedKeys[t.name].Keys, nil
}

// place puts each item at the position of its key.
func place(items, keys, found []item) {
	for _, f := range found {
		for i, k := range keys {
			if isText(f[PartitionKey], textOf(k[PartitionKey])) && isText(f[SortKey], textOf(k[SortKey])) {
				items[i] = f
			}
		}
	}
}

// pause waits before a further round, as long as before a further attempt.
func (t *Clients) pause(ctx context.Context, round int) error {
	if round == 0 {
		return nil
	}
	delay, err := t.client.Options().Retryer.RetryDelay(round, errUnprocessed)
	if err != nil {
		return err
	}
	select {
	case <-time.After(delay):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
