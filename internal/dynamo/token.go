package dynamo

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// LoadAccess implements client.TokenStore.
func (t *Clients) LoadAccess(ctx context.Context, clientID, tokenHash string) (client.Client, client.Token, error) {
	items, err := t.batchGet(ctx, clientKey(clientID), accessKey(clientID, tokenHash))
	if err != nil {
		return client.Client{}, client.Token{}, err
	}
	c, clientErr := readClient(items[0])
	token, tokenErr := readToken(items[1])
	return c, token, errors.Join(clientErr, tokenErr)
}

// SaveTokens implements client.TokenStore with one BatchWriteItem. Items that the table leaves unprocessed are
// sent again, as often as a failed attempt.
func (t *Clients) SaveTokens(ctx context.Context, tokens ...client.Token) error {
	rest := make([]types.WriteRequest, len(tokens))
	for i, token := range tokens {
		rest[i] = types.WriteRequest{PutRequest: &types.PutRequest{Item: tokenItem(token)}}
	}
	for round := 0; len(rest) > 0; round++ {
		if round == maxAttempts {
			return &task.Error{Code: task.CodeUnavailable, Cause: errUnprocessed, Reason: clientsUnknown}
		}
		if err := t.pause(ctx, round); err != nil {
			return &task.Error{Code: task.CodeUnavailable, Cause: err, Reason: clientsUnknown}
		}
		attempts := newAttempts(t.client.Options().Retryer, clientsUnknown)
		out, err := request(ctx, attempts, t.client.BatchWriteItem, &dynamodb.BatchWriteItemInput{
			RequestItems: map[string][]types.WriteRequest{t.name: rest},
		})
		if err != nil {
			return attempts.unavailable(fmt.Errorf("save tokens: %w", err))
		}
		rest = out.UnprocessedItems[t.name]
	}
	return nil
}

// UseRefresh implements client.TokenStore with one conditional UpdateItem. An attempt after a lost answer finds
// the time that the first one wrote.
func (t *Clients) UseRefresh(ctx context.Context, clientID, tokenHash string, at time.Time) (first time.Time, err error) {
	err = t.updateItem(ctx, "use a refresh token", &dynamodb.UpdateItemInput{
		Key:                                 refreshKey(clientID, tokenHash),
		UpdateExpression:                    aws.String("SET #UsedAt = :at"),
		ConditionExpression:                 aws.String("attribute_exists(#pk) AND attribute_not_exists(#UsedAt)"),
		ExpressionAttributeNames:            map[string]string{"#pk": PartitionKey, "#UsedAt": attrUsedAt},
		ExpressionAttributeValues:           item{":at": date(at)},
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	var failed *types.ConditionalCheckFailedException
	switch {
	case err == nil:
		return at, nil
	case !errors.As(err, &failed):
		return time.Time{}, err
	case len(failed.Item) == 0:
		return time.Time{}, client.ErrNotFound
	}
	used, err := readToken(failed.Item)
	return used.UsedAt, err
}

// RevokeFamily implements client.TokenStore.
func (t *Clients) RevokeFamily(ctx context.Context, clientID, family string, until time.Time) error {
	return t.updateItem(ctx, "revoke a family of refresh tokens", &dynamodb.UpdateItemInput{
		Key:                       revokedKey(clientID, family),
		UpdateExpression:          aws.String("SET #ExpiresAt = :until"),
		ExpressionAttributeNames:  map[string]string{"#ExpiresAt": attrExpiresAt},
		ExpressionAttributeValues: item{":until": number(until.Unix())},
	})
}

// updateItem carries out an UpdateItem on this table. The error of a failed condition is the SDK's own.
func (t *Clients) updateItem(ctx context.Context, what string, in *dynamodb.UpdateItemInput) error {
	in.TableName = &t.name
	attempts := newAttempts(t.client.Options().Retryer, clientsUnknown)
	_, err := request(ctx, attempts, t.client.UpdateItem, in)
	var failed *types.ConditionalCheckFailedException
	if err == nil || errors.As(err, &failed) {
		return err
	}
	return attempts.unavailable(fmt.Errorf("%s: %w", what, err))
}
