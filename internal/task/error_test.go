package task_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"accounttasks/internal/task"
)

func TestErrorInAChainIsFound(t *testing.T) {
	want := &task.Error{Code: task.CodeTaskNotFound, Reason: "There is none."}
	if got := task.AsError(fmt.Errorf("update: %w", want)); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnyOtherErrorIsInternalAndSaysNoMore(t *testing.T) {
	cause := errors.New("dial tcp 10.0.0.1: secret")
	got := task.AsError(cause)
	if got.Code != task.CodeInternalError || got.Reason != task.AsError(errors.New("")).Reason || strings.Contains(got.Reason, "secret") {
		t.Errorf("got %s %q, want %s and no details", got.Code, got.Reason, task.CodeInternalError)
	}
	if !errors.Is(got, cause) || !strings.Contains(got.Error(), cause.Error()) {
		t.Errorf("got %v, want the cause kept for the log", got)
	}
}

func TestErrorWithoutCauseDescribesItselfByItsReason(t *testing.T) {
	if got, want := (&task.Error{Code: task.CodeForbidden, Reason: "No."}).Error(), "Forbidden: No."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
