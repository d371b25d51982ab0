package main

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// taskTable reads Parameters from the service's table. They are those that the task has now, which an update may have
// changed since the run began.
type taskTable struct {
	client *dynamodb.Client
	table  string
}

// read implements parameterSource.
func (t *taskTable) read(ctx context.Context, r run) (string, error) {
	if t.table == "" {
		return "", errors.New("they are larger than 60 KB, and the parameter TaskTable of the template is empty")
	}
	out, err := t.client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName: &t.table, ConsistentRead: aws.Bool(true),
		Key: map[string]types.AttributeValue{
			"pk": &types.AttributeValueMemberS{Value: "ACCOUNT#" + r.Account},
			"sk": &types.AttributeValueMemberS{Value: "TASK#" + r.ID},
		},
	})
	if err != nil {
		return "", err
	}
	definition, _ := out.Item["Definition"].(*types.AttributeValueMemberM)
	if definition == nil {
		return "", errors.New("the task was deleted")
	}
	parameters, _ := definition.Value["Parameters"].(*types.AttributeValueMemberS)
	if parameters == nil {
		return "", errors.New("the task has none")
	}
	return parameters.Value, nil
}
