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
	return &task.Error{Code: task.CodeIdempotencyKeyReused,
		Reason: "The Idempotency-Key was used for another update of this task: send a new key with each update."}
}

func stale(current *task.Task) error {
	return &task.Error{Code: task.CodePreconditionFailed, Current: current,
		Reason: "The task has changed since the entity-tag in If-Match: look at the current task and send its ETag."}
}
