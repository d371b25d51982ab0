package task_test

import (
	"testing"

	"accounttasks/internal/task"
)

func TestCallerIsAllowedExactlyTheGrantedScopes(t *testing.T) {
	c := task.NewCaller("", "", "", "tasks/read", "tasks/write")
	for scope, want := range map[string]bool{"tasks/write": true, "tasks/read": true, "tasks": false, "tasks/writes": false, "Tasks/Write": false, "": false} {
		if got := c.Allows(scope); got != want {
			t.Errorf("Allows(%q) = %v, want %v", scope, got, want)
		}
	}
	if (task.Caller{}).Allows(task.ScopeWrite) {
		t.Error("a caller without scopes may write")
	}
}
