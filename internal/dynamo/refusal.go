package dynamo

import (
	"fmt"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

func notFound(id uuid.UUID) error {
	return &task.Error{Code: task.CodeTaskNotFound, Reason: fmt.Sprintf("There is no task %s on your account.", id)}
}

func keyReused() error {
	return &task.Error{Code: task.CodeIdempotencyKeyReused}
}

func stale(current *task.Task) error {
	return &task.Error{Code: task.CodePreconditionFailed, Current: current}
}
