package main

import (
	"context"
	"errors"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

const (
	// kept is how long a run is remembered. The service remembers its runs as long.
	kept = 90 * 24 * time.Hour
	// skew is how far the clocks of two instances may differ.
	skew = 10 * time.Second
)

// dynamoLedger is a ledger in a DynamoDB table with the key RunID and the time to live ExpiresAt.
type dynamoLedger struct {
	client *dynamodb.Client
	table  string
	now    func() time.Time
}

// claim implements ledger. A claim whose time has passed is that of an invocation that ended in the middle of its work.
func (l *dynamoLedger) claim(ctx context.Context, runID string, until time.Time) (*result, error) {
	_, err := l.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &l.table, Key: runKey(runID),
		ConditionExpression: aws.String("attribute_not_exists(RunID) OR attribute_not_exists(Outcome) AND ClaimedUntil < :now"),
		UpdateExpression:    aws.String("SET ClaimedUntil = :until, ExpiresAt = :expires"),
		ExpressionAttributeValues: map[string]types.AttributeValue{
			":now": millis(l.now().Add(-skew)), ":until": millis(until), ":expires": seconds(l.now().Add(kept)),
		},
		ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld,
	})
	refusal, refused := errors.AsType[*types.ConditionalCheckFailedException](err)
	if !refused {
		return nil, err
	}
	outcome, isDone := refusal.Item["Outcome"].(*types.AttributeValueMemberS)
	if !isDone {
		return nil, errTaken
	}
	message, _ := refusal.Item["Message"].(*types.AttributeValueMemberS)
	return &result{outcome.Value, message.Value}, nil
}

// finish implements ledger. It fails if the claim has passed to another invocation.
func (l *dynamoLedger) finish(ctx context.Context, runID string, until time.Time, r result) error {
	_, err := l.client.UpdateItem(ctx, &dynamodb.UpdateItemInput{
		TableName: &l.table, Key: runKey(runID),
		ConditionExpression: aws.String("ClaimedUntil = :until"),
		UpdateExpression:    aws.String("SET Outcome = :outcome, Message = :message"),
		ExpressionAttributeValues: map[string]types.AttributeValue{
			":until": millis(until), ":outcome": &types.AttributeValueMemberS{Value: r.outcome}, ":message": &types.AttributeValueMemberS{Value: r.message},
		},
	})
	return err
}

func runKey(runID string) map[string]types.AttributeValue {
	return map[string]types.AttributeValue{"RunID": &types.AttributeValueMemberS{Value: runID}}
}

func millis(t time.Time) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(t.UnixMilli(), 10)}
}

func seconds(t time.Time) types.AttributeValue {
	return &types.AttributeValueMemberN{Value: strconv.FormatInt(t.Unix(), 10)}
}
