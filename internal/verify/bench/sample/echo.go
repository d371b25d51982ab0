package sample

import (
	"context"

	"accounttasks/internal/api"
	"accounttasks/internal/task"
)

// Echo answers every update with the task that it would make, without the rules and the table. It has no other
// operations.
type Echo struct{ api.Tasks }

// Update implements api.Tasks.
func (Echo) Update(_ context.Context, _ task.Caller, d task.UpdateRequest) (task.Result, error) {
	return task.Result{Task: task.Task{ID: d.ID, Definition: d.Definition, Name: "Send scheduled report", Enabled: true}}, nil
}
