package main

import (
	"fmt"
	"maps"
	"net/http"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
	"accounttasks/internal/task"
)

// startCountedOn starts the function on a table with the demo task, after stored has changed its item.
func startCountedOn(t *testing.T, stored func(item map[string]types.AttributeValue)) (*function, *requestCount) {
	t.Helper()
	c := &requestCount{table: table.NewEngine(), counted: make(map[string]int)}
	f := startOnTable(t, c, func(f *function) {
		f.putTasks(t)
		item := dynamo.TaskItem(demoAccount, storedTask(uuid.MustParse(demoTask)))
		stored(item)
		f.put(t, item)
	})
	return f, c
}

// updateWithKey makes an update with a key. It returns the requests to the table, except the token's.
func updateWithKey(t *testing.T, f *function, c *requestCount, key string) map[string]int {
	t.Helper()
	event := occasion{header: map[string]string{"idempotency-key": key}}.event(t, "application/json")
	c.take()
	if r := f.invoke(t, event); r.StatusCode != http.StatusOK {
		t.Fatalf("got %d: %s", r.StatusCode, r.Body)
	}
	taken := c.take()
	delete(taken, "BatchGetItem")
	return taken
}

// TestEveryEighthKeyCostsAFurtherRequest checks the removal of the day before's keys: one further UpdateItem for each
// eight keys.
func TestEveryEighthKeyCostsAFurtherRequest(t *testing.T) {
	f, c := startCountedOn(t, func(item map[string]types.AttributeValue) {
		for n := range 16 {
			yesterday := time.Now().Add(-25*time.Hour + time.Duration(n)*time.Minute)
			item[fmt.Sprintf("K#old%d", n)] = &types.AttributeValueMemberS{Value: "print " + task.FormatDate(yesterday)}
		}
	})
	total := 0
	for n := range 16 {
		total += updateWithKey(t, f, c, fmt.Sprint("new", n))["UpdateItem"]
	}
	if total != 16+1 {
		t.Errorf("got %d requests for 16 updates with 16 outdated keys, want one more than updates", total)
	}
}

// TestAnotherClockAheadCostsAFurtherRequest updates a task whose last update came from an instance with a fast clock.
func TestAnotherClockAheadCostsAFurtherRequest(t *testing.T) {
	f, c := startCountedOn(t, func(item map[string]types.AttributeValue) {
		item["DateModified"] = &types.AttributeValueMemberS{Value: task.FormatDate(time.Now().Add(time.Hour))}
	})
	if got, want := updateWithKey(t, f, c, "behind"), map[string]int{"UpdateItem": 2}; !maps.Equal(got, want) {
		t.Errorf("got the requests %v, want %v", got, want)
	}
}
