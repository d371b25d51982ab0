package dynamo_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/task"
)

// displaced cancels a transaction because another change of one of its items is under way.
func displaced(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(400)
	io.WriteString(w, `{"__type":"com.amazonaws.dynamodb.v20120810#TransactionCanceledException",`+
		`"CancellationReasons":[{"Code":"TransactionConflict"},{"Code":"None"}]}`)
}

func TestWhatFailedAttemptsOfATransactionPromise(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers []http.HandlerFunc
		want    task.Code
	}{
		{"every attempt displaced: nothing was changed", []http.HandlerFunc{displaced}, task.CodeTooManyRequests},
		{"every attempt throttled: nothing was changed", []http.HandlerFunc{throttled}, task.CodeTooManyRequests},
		{"an answer lost before: the outcome is unknown", []http.HandlerFunc{lost, displaced}, task.CodeUnavailable},
		{"access denied: the service's own fault", []http.HandlerFunc{denied}, task.CodeInternalError},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := &engine{answers: test.answers}
			err := e.start(t).Clients().Create(t.Context(), client.Client{ID: "demo", Generation: "g"}, nil)
			if err == nil || task.AsError(err).Code != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestAClientWhoseCreationWasNotSentWasNotCreated(t *testing.T) {
	table := dynamo.NewTable(dynamotest.NewClient(t, "http://127.0.0.1:1"), "tasks")
	err := table.Clients().Create(t.Context(), client.Client{ID: "demo", Generation: "g"}, nil)
	if reason := reasonOf(t, err, task.CodeUnavailable); !strings.Contains(reason, "nothing was changed") {
		t.Errorf("got %q", reason)
	}
}
