package dynamo

import (
	"context"
	"errors"
	"log/slog"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Table is the task table. It implements task.Store and task.CatalogueSource and is safe for concurrent
// use.
type Table struct {
	client *dynamodb.Client
	name   string
	log    *slog.Logger
}

// NewTable returns the table of this name, reached through the client.
func NewTable(client *dynamodb.Client, name string) *Table {
	return &Table{client: client, name: name, log: slog.Default()}
}

// LogTo returns a table that logs attributes that cannot be read to this log instead of the default one.
func (t *Table) LogTo(log *slog.Logger) *Table {
	logging := *t
	logging.log = log
	return &logging
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
