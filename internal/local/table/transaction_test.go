package table_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// mixed is a transaction that puts the item "new", removes an attribute of "changed", deletes "gone", and last puts
// "guard" where it exists.
func mixed() []types.TransactWriteItem {
	tasks := aws.String("tasks")
	return []types.TransactWriteItem{
		{Put: &types.Put{TableName: tasks, Item: item{"pk": text("p"), "sk": text("new")}}},
		{Update: &types.Update{TableName: tasks, Key: item{"pk": text("p"), "sk": text("changed")}, UpdateExpression: aws.String("REMOVE A")}},
		{Delete: &types.Delete{TableName: tasks, Key: item{"pk": text("p"), "sk": text("gone")}}},
		{Put: &types.Put{TableName: tasks, Item: item{"pk": text("p"), "sk": text("guard"), "A": text("b")},
			ConditionExpression: aws.String("attribute_exists(pk)"), ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld}},
	}
}

// stored are the sort keys and attributes of the items of the partition "p", in order.
func stored(t *testing.T, c *dynamodb.Client) (found []string) {
	t.Helper()
	out, err := c.Query(t.Context(), &dynamodb.QueryInput{TableName: aws.String("tasks"), KeyConditionExpression: aws.String("pk = :pk"),
		ExpressionAttributeValues: item{":pk": text("p")}})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range out.Items {
		found = append(found, i["sk"].(*types.AttributeValueMemberS).Value+": "+names(i))
	}
	return found
}

func TestATransactionWithOneWriteThatFailsChangesNothing(t *testing.T) {
	c := engineWithIndex(t)
	put(t, c, item{"pk": text("p"), "sk": text("changed"), "A": text("a")})
	put(t, c, item{"pk": text("p"), "sk": text("gone"), "A": text("a")})
	before := fmt.Sprint(stored(t, c))
	_, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: mixed()})
	cancelled, ok := errors.AsType[*types.TransactionCanceledException](err)
	if !ok || len(cancelled.CancellationReasons) != 4 || aws.ToString(cancelled.CancellationReasons[0].Code) != "None" ||
		aws.ToString(cancelled.CancellationReasons[3].Code) != "ConditionalCheckFailed" {
		t.Errorf("got %v, want the last write's condition named", err)
	}
	if after := fmt.Sprint(stored(t, c)); after != before {
		t.Errorf("the items became %s, want %s", after, before)
	}
	put(t, c, item{"pk": text("p"), "sk": text("guard")})
	if _, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: mixed()}); err != nil {
		t.Fatal(err)
	}
	if got, want := fmt.Sprint(stored(t, c)), "[changed: pk sk guard: A pk sk new: pk sk]"; got != want {
		t.Errorf("got the items %s, want %s", got, want)
	}
}

func TestATransactionCannotWriteAnItemTwice(t *testing.T) {
	c := engineWithIndex(t)
	write := types.TransactWriteItem{Put: &types.Put{TableName: aws.String("tasks"), Item: item{"pk": text("p"), "sk": text("s")}}}
	_, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{write, write}})
	if err == nil || len(stored(t, c)) > 0 {
		t.Errorf("got %v, want the transaction refused", err)
	}
}
