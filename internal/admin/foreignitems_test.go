package main

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// writtenByHand are attributes as an operator's edit or another program leaves them.
func writtenByHand() map[string]types.AttributeValue {
	text := func(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }
	return map[string]types.AttributeValue{
		"Version": text("3"), "W0": &types.AttributeValueMemberNULL{Value: true}, "Claims": text("x"), "Run": text("x"), "Next": text("soon"),
		"Definition": text("x"), "DateModified": text("x"), "DateCreated": &types.AttributeValueMemberN{Value: "7"}, "LastRunOn": text("x"),
		"Imported": text("x"), "Deleted": &types.AttributeValueMemberBOOL{Value: true}, "Enabled": text("x"), "sk": text("TASK#by-hand"),
	}
}

// Items that were edited by hand must keep no command from its work on the others.
func TestItemsThatWereEditedByHandStopNoCommand(t *testing.T) {
	d, o := deploy(t), newOld(t)
	d.mustRun(t, "import", o.from())
	for name, value := range writtenByHand() {
		item := dynamo.TaskItem("42", task.Task{ID: uuid.New(), Enabled: true, Revision: task.Revision{Version: 1, Token: "w"},
			Definition: task.Definition{TaskID: uuid.MustParse(report), Frequency: task.FrequencyDaily, Parameters: "1", ContentType: task.ContentTypeJSON}})
		item[name] = value
		if _, err := d.table.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("tasks"), Item: item}); err != nil {
			t.Fatal(err)
		}
	}
	d.mustRun(t, "status", nil, "TASKS", "12: active 12", "deleted 1")
	d.mustRun(t, "fill-due", nil, "Tasks that run from now on: 11;")
	d.mustRun(t, "check-import", o.from(), "tasks 0 new, 0 changed, 0 that have run again.")
	o.write(tasksFile, oldTask(first, "WEEKLY", ""))
	d.mustRun(t, "import", o.from(), "changed: 1;")
	d.exported(t, "registered 10")
}
