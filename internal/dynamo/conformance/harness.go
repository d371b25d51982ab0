// Package conformance holds the promises of the task table as one test suite. Every engine that claims to be
// DynamoDB, and DynamoDB itself, must keep all of them for the service to work on it.
package conformance

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
)

// Attribute is the value of an attribute.
type Attribute = types.AttributeValue

// CreateTable creates a table with the keys of the task table. It does not wait: an engine that takes its
// time, as DynamoDB does, is waited for by the caller.
func CreateTable(t testing.TB, client *dynamodb.Client, name string) {
	t.Helper()
	_, err := client.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName:   &name,
		BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{
			{AttributeName: aws.String(dynamo.PartitionKey), AttributeType: types.ScalarAttributeTypeS},
			{AttributeName: aws.String(dynamo.SortKey), AttributeType: types.ScalarAttributeTypeS},
		},
		KeySchema: []types.KeySchemaElement{
			{AttributeName: aws.String(dynamo.PartitionKey), KeyType: types.KeyTypeHash},
			{AttributeName: aws.String(dynamo.SortKey), KeyType: types.KeyTypeRange},
		},
	})
	if err != nil {
		t.Fatalf("create table %s: %v", name, err)
	}
}
