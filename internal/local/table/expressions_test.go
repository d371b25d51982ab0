package table_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// minidyn takes these; DynamoDB refuses them.
func TestExpressionsThatDynamoDBRefusesAreRefused(t *testing.T) {
	c := engineWithIndex(t)
	for _, test := range []struct {
		name, update, condition string
		names                   map[string]string
		values                  item
		want                    string
	}{
		{"all is used", "SET #a = :v REMOVE #b", "attribute_exists(#pk)", map[string]string{"#a": "A", "#b": "B", "#pk": "pk"}, item{":v": text("1")}, ""},
		{"a value that nothing uses", "SET #a = :v", "", map[string]string{"#a": "A"}, item{":v": text("1"), ":w": text("2")}, "unused in expressions: keys: {:w}"},
		{"a name that nothing uses", "REMOVE #a", "", map[string]string{"#a": "A", "#b": "B"}, nil, "unused in expressions: keys: {#b}"},
		{"a value that is not there", "SET #a = :v", "", map[string]string{"#a": "A"}, nil, ":v, which is not defined"},
		{"a name that is not there", "REMOVE #a", "attribute_exists(#pk)", map[string]string{"#a": "A"}, nil, "#pk, which is not defined"},
		{"an attribute that is set twice", "SET #a = :v, #b = :v", "", map[string]string{"#a": "A", "#b": "A"}, item{":v": text("1")}, "overlap with each other: A"},
		{"an attribute that is set and removed", "SET #a = if_not_exists(#b, :v) REMOVE #a", "", map[string]string{"#a": "A", "#b": "B"}, item{":v": text("1")}, "overlap with each other: A"},
	} {
		put(t, c, item{"pk": text("p"), "sk": text("s"), "B": text("b")})
		var condition *string
		if test.condition != "" {
			condition = &test.condition
		}
		key := item{"pk": text("p"), "sk": text("s")}
		_, err := c.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
			TableName: aws.String("tasks"), Key: key, UpdateExpression: &test.update, ConditionExpression: condition,
			ExpressionAttributeNames: test.names, ExpressionAttributeValues: test.values,
		})
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
		_, err = c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{{Update: &types.Update{
			TableName: aws.String("tasks"), Key: key, UpdateExpression: &test.update, ConditionExpression: condition,
			ExpressionAttributeNames: test.names, ExpressionAttributeValues: test.values,
		}}}})
		if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s, in a transaction: got %v, want %q", test.name, err, test.want)
		}
	}
}
