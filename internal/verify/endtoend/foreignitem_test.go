package endtoend_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/stack"
)

// edit sets an attribute of a task of the demo account, as a person does in a console.
func (c client) edit(id, attribute string, value types.AttributeValue) {
	c.t.Helper()
	text := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
	_, err := dynamotest.NewClient(c.t, c.stack.DynamoDBEndpoint()).UpdateItem(c.t.Context(), &dynamodb.UpdateItemInput{
		TableName:        aws.String(stack.DefaultTableName),
		Key:              map[string]types.AttributeValue{"pk": text("ACCOUNT#" + demo.AccountID), "sk": text("TASK#" + id)},
		UpdateExpression: aws.String("SET #a = :v"), ExpressionAttributeNames: map[string]string{"#a": attribute},
		ExpressionAttributeValues: map[string]types.AttributeValue{":v": value},
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// Every operation answers for a task that was edited by hand as for any other, and the log names the attribute.
func TestTaskThatWasEditedByHandIsReadRunUpdatedAndDeleted(t *testing.T) {
	c := start(t)
	for attribute, value := range map[string]types.AttributeValue{
		"Version": &types.AttributeValueMemberS{Value: "3"}, "W0": &types.AttributeValueMemberN{Value: "7"}, "DateModified": &types.AttributeValueMemberBOOL{Value: true},
	} {
		c.edit(demoTask, attribute, value)
		c.edit(secondTask, attribute, value)
	}
	shown := c.send("GET", pathOf(demoTask), "").mustBe(t, 200, "").Header.Get("ETag")
	c.put(demoTask, update("0"), "If-Match", `"1-other"`).mustBe(t, 412, "PreconditionFailed")
	c.put(demoTask, update("0"), "If-None-Match", shown).mustBe(t, 412, "PreconditionFailed")
	c.send("PUT", pathOf(demoTask)+"?validateOnly=true", update("0"), "Content-Type", "application/json", "If-Match", shown).mustBe(t, 200, "")
	c.send("POST", pathOf("run?id="+demoTask), "", "Idempotency-Key", "run").mustBe(t, 200, "")
	updated := c.put(demoTask, update("0"), "If-Match", shown, "Idempotency-Key", "put").mustBe(t, 200, "")
	if tag := updated.Header.Get("ETag"); !strings.HasPrefix(tag, `"1-`) {
		t.Errorf("got the entity-tag %s, want that of the first version", tag)
	}
	if again := c.put(demoTask, update("0"), "If-Match", shown, "Idempotency-Key", "put").mustBe(t, 200, ""); again.Header.Get("Idempotency-Replayed") != "true" {
		t.Error("a repeat was applied again")
	}
	c.put(demoTask, update("1"), "If-Match", shown).mustBe(t, 412, "PreconditionFailed")
	tag := c.send("GET", pathOf(secondTask), "").mustBe(t, 200, "").Header.Get("ETag")
	c.send("DELETE", pathOf(secondTask), "", "If-Match", tag).mustBe(t, 200, "")
	c.send("GET", pathOf(secondTask), "").mustBe(t, 404, "TaskNotFound")
	c.stack.Close() // so that everything is printed
	for _, want := range []string{"TASK#" + demoTask, "the attribute Version is not a number", "the attribute W0 is not text", "the attribute DateModified is not text"} {
		if !strings.Contains(c.output.String(), want) {
			t.Errorf("the log has no %q", want)
		}
	}
}
