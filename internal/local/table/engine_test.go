package table_test

import (
	"errors"
	"fmt"
	"hash/crc32"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/local/table"
)

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

type item = map[string]types.AttributeValue

// engineWithIndex is an engine with the table "tasks", which has the sparse index "Due" of keys.
func engineWithIndex(t *testing.T) *dynamodb.Client {
	t.Helper()
	server := httptest.NewServer(table.NewEngine())
	t.Cleanup(server.Close)
	c := client(t, server.URL)
	var defined []types.AttributeDefinition
	for _, name := range []string{"pk", "sk", "DueShard", "DueAt"} {
		defined = append(defined, types.AttributeDefinition{AttributeName: aws.String(name), AttributeType: types.ScalarAttributeTypeS})
	}
	keys := func(hash, sort string) []types.KeySchemaElement {
		return []types.KeySchemaElement{
			{AttributeName: &hash, KeyType: types.KeyTypeHash}, {AttributeName: &sort, KeyType: types.KeyTypeRange}}
	}
	if _, err := c.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName: aws.String("tasks"), BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: defined, KeySchema: keys("pk", "sk"),
		GlobalSecondaryIndexes: []types.GlobalSecondaryIndex{{IndexName: aws.String("Due"), KeySchema: keys("DueShard", "DueAt"),
			Projection: &types.Projection{ProjectionType: types.ProjectionTypeKeysOnly}}},
	}); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAnAnswerHasItsChecksum(t *testing.T) {
	request := httptest.NewRequest("POST", "/", strings.NewReader("{}"))
	request.Header.Set("X-Amz-Target", "DynamoDB_20120810.ListTables")
	answer := httptest.NewRecorder()
	table.NewEngine().ServeHTTP(answer, request)
	got, want := answer.Header().Get("X-Amz-Crc32"), fmt.Sprint(crc32.ChecksumIEEE(answer.Body.Bytes()))
	if got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func put(t *testing.T, c *dynamodb.Client, written item) {
	t.Helper()
	if _, err := c.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("tasks"), Item: written}); err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, c *dynamodb.Client, sk, expression string, names map[string]string, values item, want types.ReturnValue) item {
	t.Helper()
	out, err := c.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
		TableName: aws.String("tasks"), Key: item{"pk": text("p"), "sk": text(sk)}, UpdateExpression: &expression,
		ExpressionAttributeNames: names, ExpressionAttributeValues: values, ReturnValues: want,
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Attributes
}

func TestRemoveTakesAttributesOff(t *testing.T) {
	c := engineWithIndex(t)
	put(t, c, item{"pk": text("p"), "sk": text("s"), "A": text("a"), "B": text("b"), "K#x": text("k")})
	got := update(t, c, "s", "SET #C = :c REMOVE #A, #x, #missing", map[string]string{"#A": "A", "#C": "C", "#x": "K#x", "#missing": "M"},
		item{":c": text("c")}, types.ReturnValueAllNew)
	update(t, c, "s", "REMOVE #B", map[string]string{"#B": "B"}, nil, types.ReturnValueNone)
	read, err := c.GetItem(t.Context(), &dynamodb.GetItemInput{TableName: aws.String("tasks"), Key: item{"pk": text("p"), "sk": text("s")}})
	if err != nil {
		t.Fatal(err)
	}
	if names(got) != "B C pk sk" || names(read.Item) != "C pk sk" {
		t.Errorf("got the attributes %s in the answer, and then %s", names(got), names(read.Item))
	}
}

func TestValuesOfDifferentTypesAreInNoOrder(t *testing.T) {
	c := engineWithIndex(t)
	for _, stored := range []types.AttributeValue{
		&types.AttributeValueMemberN{Value: "1"}, &types.AttributeValueMemberNULL{Value: true}, &types.AttributeValueMemberL{Value: []types.AttributeValue{text("2")}}} {
		put(t, c, item{"pk": text("p"), "sk": text("s"), "A": stored})
		for condition, want := range map[string]bool{"#A < :v": false, "#A > :v": false, "#A = :v": false, "#A <> :v OR #A < :v": true} {
			_, err := c.UpdateItem(t.Context(), &dynamodb.UpdateItemInput{
				TableName: aws.String("tasks"), Key: item{"pk": text("p"), "sk": text("s")}, UpdateExpression: aws.String("SET #B = :v"),
				ConditionExpression: &condition, ExpressionAttributeNames: map[string]string{"#A": "A", "#B": "B"},
				ExpressionAttributeValues: item{":v": text("2")},
			})
			var refused *types.ConditionalCheckFailedException
			if held := err == nil; held != want || err != nil && !errors.As(err, &refused) {
				t.Errorf("%s for %#v: got %v, want it to hold %t", condition, stored, err, want)
			}
			_, err = c.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{
				TableName: aws.String("tasks"), Key: item{"pk": text("p"), "sk": text("s")},
				ConditionExpression: &condition, ExpressionAttributeNames: map[string]string{"#A": "A"},
				ExpressionAttributeValues: item{":v": text("2")},
			})
			if held := err == nil; held != want || err != nil && !errors.As(err, &refused) {
				t.Errorf("a delete, %s for %#v: got %v, want it to hold %t", condition, stored, err, want)
			}
			put(t, c, item{"pk": text("p"), "sk": text("s"), "A": stored})
		}
	}
}

func TestAnEmptyMapOfValuesIsRefused(t *testing.T) {
	c := engineWithIndex(t)
	put(t, c, item{"pk": text("p"), "sk": text("s"), "A": text(`"ExpressionAttributeValues":{}`)})
	in := dynamodb.DeleteItemInput{TableName: aws.String("tasks"), Key: item{"pk": text("p"), "sk": text("s")},
		ConditionExpression: aws.String("attribute_exists(pk)"), ExpressionAttributeValues: item{}}
	if _, err := c.DeleteItem(t.Context(), &in); err == nil || !strings.Contains(err.Error(), "must not be empty") {
		t.Errorf("got %v, want the empty map refused, as DynamoDB does", err)
	}
	in.ExpressionAttributeValues = nil
	if _, err := c.DeleteItem(t.Context(), &in); err != nil {
		t.Errorf("without a map: got %v", err)
	}
}

func names(of item) string {
	var all []string
	for name := range of {
		all = append(all, name)
	}
	slices.Sort(all)
	return strings.Join(all, " ")
}

// follow reads all pages of a query and gives the sort keys in their order.
func follow(t *testing.T, c *dynamodb.Client, q dynamodb.QueryInput, between func(page int)) (keys []string, pages int) {
	t.Helper()
	for {
		out, err := c.Query(t.Context(), &q)
		if err != nil {
			t.Fatal(err)
		}
		pages++
		for _, found := range out.Items {
			keys = append(keys, found["sk"].(*types.AttributeValueMemberS).Value)
		}
		if len(out.LastEvaluatedKey) == 0 {
			return keys, pages
		}
		between(pages)
		q.ExclusiveStartKey = out.LastEvaluatedKey
	}
}

func TestPagesGoOnAfterADeletedKey(t *testing.T) {
	c := engineWithIndex(t)
	for n := range 7 {
		put(t, c, item{"pk": text("p"), "sk": text(fmt.Sprint(n))})
	}
	put(t, c, item{"pk": text("another"), "sk": text("3")})
	keys, pages := follow(t, c, dynamodb.QueryInput{
		TableName: aws.String("tasks"), KeyConditionExpression: aws.String("#pk = :pk AND #sk > :after"), Limit: aws.Int32(2),
		ExpressionAttributeNames: map[string]string{"#pk": "pk", "#sk": "sk"}, ExpressionAttributeValues: item{":pk": text("p"), ":after": text("0")},
	}, func(page int) {
		if _, err := c.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{
			TableName: aws.String("tasks"), Key: item{"pk": text("p"), "sk": text(fmt.Sprint(2 * page))}}); err != nil {
			t.Fatal(err)
		}
	})
	if got := strings.Join(keys, " "); got != "1 2 3 4 5 6" || pages != 4 {
		t.Errorf("got %s on %d pages, want 1 to 6 on three and an empty one", got, pages)
	}
}

func TestPagesEndAtTheirSize(t *testing.T) {
	c := engineWithIndex(t)
	for n := range 5 {
		put(t, c, item{"pk": text("p"), "sk": text(fmt.Sprint(n)), "Parameters": text(strings.Repeat("x", 300<<10))})
	}
	keys, pages := follow(t, c, dynamodb.QueryInput{
		TableName: aws.String("tasks"), KeyConditionExpression: aws.String("#pk = :pk"), ProjectionExpression: aws.String("#sk"),
		ExpressionAttributeNames: map[string]string{"#pk": "pk", "#sk": "sk"}, ExpressionAttributeValues: item{":pk": text("p")},
	}, func(int) {})
	if got := strings.Join(keys, " "); got != "0 1 2 3 4" || pages != 2 {
		t.Errorf("got %s on %d pages, want all on two", got, pages)
	}
}

func TestSparseIndexShowsWhatHasItsKeys(t *testing.T) {
	c := engineWithIndex(t)
	for n := range 6 {
		put(t, c, item{"pk": text("p"), "sk": text(fmt.Sprint(n)), "Name": text("n")})
		if n != 2 {
			update(t, c, fmt.Sprint(n), "SET #s = :s, #at = :at", map[string]string{"#s": "DueShard", "#at": "DueAt"},
				item{":s": text("1"), ":at": text(fmt.Sprint(9 - n))}, types.ReturnValueNone)
		}
	}
	update(t, c, "4", "REMOVE #s, #at", map[string]string{"#s": "DueShard", "#at": "DueAt"}, nil, types.ReturnValueNone)
	due := dynamodb.QueryInput{
		TableName: aws.String("tasks"), IndexName: aws.String("Due"), Limit: aws.Int32(1),
		KeyConditionExpression:    aws.String("#s = :s AND #at <= :now"),
		ExpressionAttributeNames:  map[string]string{"#s": "DueShard", "#at": "DueAt"},
		ExpressionAttributeValues: item{":s": text("1"), ":now": text("8")},
	}
	keys, _ := follow(t, c, due, func(page int) {
		update(t, c, "5", "SET #at = :at", map[string]string{"#at": "DueAt"}, item{":at": text("9")}, types.ReturnValueNone)
	})
	if got := strings.Join(keys, " "); got != "5 3 1" {
		t.Errorf("got %s, want those that are due, the first one first", got)
	}
	due.ExclusiveStartKey, due.Limit = nil, nil
	out, err := c.Query(t.Context(), &due)
	if err != nil || len(out.Items) != 2 || names(out.Items[0]) != "DueAt DueShard pk sk" {
		t.Errorf("got %v and %v, want two items of keys alone", out, err)
	}
}

func TestItemsOfABatchAreRead(t *testing.T) {
	c := engineWithIndex(t)
	put(t, c, item{"pk": text("p"), "sk": text("1"), "Name": text("n")})
	out, err := c.BatchGetItem(t.Context(), &dynamodb.BatchGetItemInput{RequestItems: map[string]types.KeysAndAttributes{
		"tasks": {ConsistentRead: aws.Bool(true), Keys: []map[string]types.AttributeValue{
			{"pk": text("p"), "sk": text("1")}, {"pk": text("p"), "sk": text("missing")}}}}})
	if err != nil || len(out.Responses["tasks"]) != 1 || len(out.UnprocessedKeys) != 0 {
		t.Errorf("got %+v and %v, want the one item", out, err)
	}
}

func TestTransactionIsAppliedWholeOrNotAtAll(t *testing.T) {
	c := engineWithIndex(t)
	write := func(sk, condition string) types.TransactWriteItem {
		return types.TransactWriteItem{Put: &types.Put{TableName: aws.String("tasks"), Item: item{"pk": text("p"), "sk": text(sk)},
			ConditionExpression: &condition, ExpressionAttributeNames: map[string]string{"#pk": "pk"}}}
	}
	_, err := c.TransactWriteItems(t.Context(), &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
		write("1", "attribute_not_exists(#pk)"), write("2", "attribute_exists(#pk)")}})
	if err == nil || !strings.Contains(err.Error(), "ConditionalCheckFailed") {
		t.Errorf("got %v, want the transaction refused", err)
	}
	keys, _ := follow(t, c, dynamodb.QueryInput{TableName: aws.String("tasks"), KeyConditionExpression: aws.String("#pk = :pk"),
		ExpressionAttributeNames: map[string]string{"#pk": "pk"}, ExpressionAttributeValues: item{":pk": text("p")}}, func(int) {})
	if len(keys) != 0 {
		t.Errorf("got the items %v of a transaction that was refused", keys)
	}
}
