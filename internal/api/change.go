package api

import (
	"net/http"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// readID reads the task's id in the path and adds a problem if it is bad.
func readID(c *call, problems *task.Problems) uuid.UUID {
	written := c.PathValue("id")
	id, ok := wire.ParseGUID(written)
	if !ok {
		problems.AddInvalid(task.FieldID, task.FieldID.String(), task.QuoteValue(written))
	}
	c.taskID = id
	return id
}

// readDefinition reads the body of a registration or an update. Its problems come after those of the query. Errors in
// the query are reported before a body that cannot be read.
func readDefinition(c *call, read func(wire.Body) (task.RequestBody, error)) (definition task.RequestBody, err error) {
	body, err := c.readBody()
	if err == nil {
		definition, err = read(body)
	}
	if err != nil && len(c.problems) > 0 {
		err = c.problems.Err()
	}
	definition.Problems = append(c.problems, definition.Problems...)
	return definition, err
}

// changed is the answer to an applied change. Only a caller that sent a key can have repeated it.
func changed(result task.Result, key string) answer {
	replayed := result.Replayed && key != ""
	ans := answer{status: http.StatusOK, task: &result.Task, changed: !replayed, replayed: replayed}
	if replayed {
		ans.setHeader("Idempotency-Replayed", "true")
	}
	return ans
}

// validated is the answer to a change that was only validated. It has no entity-tag, because the task in it has no
// revision.
func (a *API) validated(result task.Result) answer {
	return answer{status: http.StatusOK, detail: wire.TaskDetail(&result.Task, a.now())}
}
