package main

import (
	"context"
	"fmt"
	"strconv"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/stack"
	"accounttasks/internal/local/table"
	"accounttasks/internal/task"
)

// versions reads the version of each task from the table.
func versions(ctx context.Context, endpoint string) ([]int64, error) {
	client, err := table.LocalAccess(endpoint).Client()
	if err != nil {
		return nil, err
	}
	found := make([]int64, len(tasks))
	for i, id := range tasks {
		item := dynamo.TaskItem(demo.AccountID, task.Task{ID: uuid.MustParse(id)})
		got, err := client.GetItem(ctx, &dynamodb.GetItemInput{
			TableName: aws.String(stack.DefaultTableName), ConsistentRead: aws.Bool(true),
			Key: map[string]types.AttributeValue{dynamo.PartitionKey: item[dynamo.PartitionKey], dynamo.SortKey: item[dynamo.SortKey]},
		})
		if err != nil {
			return nil, fmt.Errorf("read task %s from the table: %w", id, err)
		}
		version, _ := got.Item["Version"].(*types.AttributeValueMemberN)
		if version == nil {
			return nil, fmt.Errorf("task %s has no version in the table", id)
		}
		if found[i], err = strconv.ParseInt(version.Value, 10, 64); err != nil {
			return nil, fmt.Errorf("read the version of task %s: %w", id, err)
		}
	}
	return found, nil
}
