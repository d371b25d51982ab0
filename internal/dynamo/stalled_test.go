package dynamo_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"accounttasks/internal/task"
)

func TestStalledTableIsUnavailableInTime(t *testing.T) {
	t.Parallel()
	e := &engine{answers: []http.HandlerFunc{stalled}}
	table := e.start(t)
	functionTimeout, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := table.Update(functionTimeout, aWrite())
	if got := task.AsError(err).Code; got != task.CodeUnavailable {
		t.Errorf("got %v, want %s", err, task.CodeUnavailable)
	}
	if functionTimeout.Err() != nil {
		t.Error("the function's time was over before there was an answer")
	}
	if made := e.made(); len(made) != 3 {
		t.Errorf("got the attempts %v, want 3", made)
	}
}

func TestStalledConnectionDoesNotPoisonTheNextAttempt(t *testing.T) {
	t.Parallel()
	e := &engine{answers: []http.HandlerFunc{stalled, absent}}
	_, err := e.start(t).Update(t.Context(), aWrite())
	if got := task.AsError(err).Code; got != task.CodeTaskNotFound {
		t.Errorf("got %v, want %s from the second attempt", err, task.CodeTaskNotFound)
	}
}
