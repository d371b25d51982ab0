package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

func text(s string) types.AttributeValue { return &types.AttributeValueMemberS{Value: s} }

// One item that was edited by hand must not keep any task from running, itself included.
func TestItemsThatAnotherProgramWroteStopNoTick(t *testing.T) {
	s := newStage(t)
	runs := 1 // of the stage's own task
	for shard := range run.Shards {
		for name, foreign := range map[string]types.AttributeValue{
			"Version": text("3"), "W0": &types.AttributeValueMemberNULL{Value: true}, "Claims": text("x"), "Run": text("x"),
			"Next": text("soon"), "Last": &types.AttributeValueMemberBOOL{Value: true}, "Edited": text("x"), "Name": &types.AttributeValueMemberL{Value: []types.AttributeValue{text("x")}},
			"LastRunOn": text("x"), "Enabled": text("x"), "DateModified": text("x"), "Imported": text("x"), "Registered": &types.AttributeValueMemberBOOL{},
			"K#key": &types.AttributeValueMemberN{Value: "1"},
			"sk":    text(fmt.Sprint("TASK#by-hand-", shard)), "Definition": text("x"),
		} {
			item := dynamo.TaskItem("account", task.Task{ID: uuid.New(), Enabled: true, Revision: task.Revision{Version: 1, Token: "w"},
				Definition: task.Definition{TaskID: uuid.New(), Frequency: task.FrequencyHourly, StartDate: tick}})
			item["DueShard"], item["DueAt"], item[name] = text(fmt.Sprintf("%02d", shard)), text("2026-06-04T03:44:00+00:00"), foreign
			if created, err := dynamo.PutIfAbsent(t.Context(), s.client, "tasks", item); err != nil || !created {
				t.Fatalf("got created %t, %v", created, err)
			}
			if name != "sk" && name != "Definition" {
				runs++
			}
		}
	}
	if err := s.tick(t, tick); err != nil {
		t.Errorf("got the error %v from a tick", err)
	}
	if got := len(s.dues()); got != runs {
		t.Errorf("got %d runs, want %d: of every task whose schedule can be read", got, runs)
	}
	if !strings.Contains(s.log.String(), "Version is not a number") || !strings.Contains(s.log.String(), "ACCOUNT#account TASK#by-hand-7") {
		t.Errorf("the log does not name items and attributes:\n%s", s.log.String())
	}
	if err := s.tick(t, tick.Add(30*time.Minute)); err != nil || len(s.dues()) != runs {
		t.Errorf("got %d runs and %v after half an hour, want none more", len(s.dues()), err)
	}
	if err := s.tick(t, tick.Add(time.Hour)); err != nil || len(s.dues()) != 2*runs {
		t.Errorf("got %d runs and %v after an hour, want %d", len(s.dues()), err, 2*runs)
	}
}
