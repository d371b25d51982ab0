package main

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
)

type item = map[string]types.AttributeValue

func keyOf(i item) item {
	return item{dynamo.PartitionKey: i[dynamo.PartitionKey], dynamo.SortKey: i[dynamo.SortKey]}
}

// identity is the key of an item in a comparable form. Both keys are texts.
func identity(i item) (id [2]string) {
	for n, name := range []string{dynamo.PartitionKey, dynamo.SortKey} {
		if text, ok := i[name].(*types.AttributeValueMemberS); ok {
			id[n] = text.Value
		}
	}
	return id
}

// pageSize is how many items a BatchGetItem may ask for.
const pageSize = 100

// pages reads a table, or one partition of it, without the item that says whether runs are held.
func (r *restoration) pages(ctx context.Context, table string) iter.Seq2[[]item, error] {
	return func(yield func([]item, error) bool) {
		var last item
		for first := true; first || last != nil; first = false {
			var page []item
			var err error
			if page, last, err = r.page(ctx, table, last); err != nil {
				yield(nil, fmt.Errorf("read table %s: %w", table, err))
				return
			}
			page = slices.DeleteFunc(page, func(i item) bool { return identity(i)[0] == dynamo.RunsPartition })
			if !yield(page, nil) {
				return
			}
		}
	}
}

func (r *restoration) page(ctx context.Context, table string, after item) (page []item, last item, err error) {
	if r.partition == "" {
		out, err := r.client.Scan(ctx, &dynamodb.ScanInput{
			TableName: &table, ConsistentRead: aws.Bool(true), Limit: aws.Int32(pageSize), ExclusiveStartKey: after,
		})
		if err != nil {
			return nil, nil, err
		}
		return out.Items, out.LastEvaluatedKey, nil
	}
	out, err := r.client.Query(ctx, &dynamodb.QueryInput{
		TableName: &table, ConsistentRead: aws.Bool(true), Limit: aws.Int32(pageSize), ExclusiveStartKey: after,
		KeyConditionExpression:    aws.String("#pk = :pk"),
		ExpressionAttributeNames:  map[string]string{"#pk": dynamo.PartitionKey},
		ExpressionAttributeValues: item{":pk": &types.AttributeValueMemberS{Value: r.partition}},
	})
	if err != nil {
		return nil, nil, err
	}
	return out.Items, out.LastEvaluatedKey, nil
}

// read finds the items of a table that have the keys of a page. A batch of large items is answered in parts.
func (r *restoration) read(ctx context.Context, table string, page []item) (map[[2]string]item, error) {
	found := map[[2]string]item{}
	var keys []item
	for _, i := range page {
		keys = append(keys, keyOf(i))
	}
	for len(keys) > 0 {
		out, err := r.client.BatchGetItem(ctx, &dynamodb.BatchGetItemInput{
			RequestItems: map[string]types.KeysAndAttributes{table: {Keys: keys, ConsistentRead: aws.Bool(true)}},
		})
		if err != nil {
			return nil, fmt.Errorf("read table %s: %w", table, err)
		}
		for _, i := range out.Responses[table] {
			found[identity(i)] = i
		}
		keys = out.UnprocessedKeys[table].Keys
	}
	return found, nil
}
