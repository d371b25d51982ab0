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

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

func (d *deployed) put(t *testing.T, item map[string]types.AttributeValue) {
	t.Helper()
	if _, err := d.table.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("tasks"), Item: item}); err != nil {
		t.Fatal(err)
	}
}

// writtenByHand are attributes as an operator's edit or another program leaves them.
func writtenByHand() map[string]types.AttributeValue {
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
		d.put(t, item)
	}
	d.mustRun(t, "status", nil, "TASKS", "12: active 12", "deleted 1")
	d.mustRun(t, "fill-due", nil, "Tasks that run from now on: 11;")
	d.mustRun(t, "check-import", o.from(), "tasks 0 new, 0 changed, 0 that have run again.")
	o.write(tasksFile, oldTask(first, "WEEKLY", ""))
	d.mustRun(t, "import", o.from(), "changed: 1;")
	d.exported(t, "registered 10")
}

// A client whose record cannot be read is named. The commands for all clients do their work on the others; an import
// writes nothing, because it cannot tell what it would replace or remove.
func TestAClientThatWasEditedByHandIsNamed(t *testing.T) {
	for _, id := range []string{"first", "other"} {
		d, o := deploy(t), newOld(t)
		d.mustRun(t, "import", o.from())
		d.put(t, map[string]types.AttributeValue{"pk": text("CLIENT#" + id), "sk": text("CLIENT"), "Version": text("1")})
		bad := "client " + id + ": the record of client " + id + ": the attribute Version is not a number"
		d.mustFail(t, "list-clients", nil, bad)
		d.mustFail(t, "import", o.from(), "nothing was written: "+bad)
		d.mustFail(t, "check-import", o.from(), "nothing was written: "+bad)
		d.mustFail(t, "rotate-secret", []string{"CLIENT=" + id}, bad)
		d.mustRun(t, "status", nil, "CLIENTS")
	}
}
