package api

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// bodyLimit is how many bytes a body may have (contract, error table).
const bodyLimit = 2 << 20

// retryAfter is how many seconds a caller is asked to wait for the table.
const retryAfter = "1"

// update is PUT /api/v1/admin/tasks/account/{id}: it updates an existing task on the account.
func (a *API) update(r *http.Request, caller task.Caller, id string) answer {
	d, err := readUpdate(r, id)
	if err != nil {
		return failed(d.ID, err)
	}
	result, err := a.updater.Update(r.Context(), caller, d)
	if err != nil {
		return failed(d.ID, err)
	}
	ans := answer{task: d.ID, result: result}
	if result.Replayed {
		ans.header = http.Header{"Idempotency-Replayed": {"true"}}
	}
	return ans
}

// readUpdate reads everything the caller says of the update: body, path and headers. A draft that cannot be read
// has the path's id all the same.
func readUpdate(r *http.Request, id string) (task.UpdateRequest, error) {
	taskID, ok := wire.ParseGUID(id)
	body, err := readBody(r)
	if err != nil {
		return task.UpdateRequest{ID: taskID}, err
	}
	d, err := wire.Read(r.Context(), r.Header.Get("Content-Type"), body)
	d.ID = taskID
	if err != nil {
		return d, err
	}
	if !ok {
		d.Problems.AddInvalid(task.FieldID, task.FieldID.String(), task.QuoteValue(id))
	}
	if d.IfMatch, ok = parseIfMatch(r.Header.Values("If-Match")); !ok {
		refuseHeader(&d, task.FieldIfMatch, r.Header)
	}
	if d.IdempotencyKey, ok = parseIdempotencyKey(r.Header.Values("Idempotency-Key")); !ok {
		refuseHeader(&d, task.FieldIdempotencyKey, r.Header)
	}
	return d, nil
}

func refuseHeader(d *task.UpdateRequest, f task.Field, header http.Header) {
	lines := header.Values(f.String())
	d.Problems.AddInvalid(f, f.String(), task.QuoteValue(strings.Join(lines, ", ")))
}

func readBody(r *http.Request) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit+1))
	var refusal *task.Error
	switch {
	case errors.As(err, &refusal):
		return nil, refusal
	case err != nil:
		return nil, &task.Error{Code: task.CodeMalformedBody, Reason: "The body breaks off: send it again.", Cause: err}
	case len(body) > bodyLimit:
		return nil, &task.Error{Code: task.CodePayloadTooLarge, Reason: fmt.Sprintf("The body cannot be larger than 2 MiB: send at most %d bytes.", bodyLimit)}
	}
	return body, nil
}

// failed is the answer to an update that is not in force.
func failed(taskID uuid.UUID, err error) answer {
	ans := answer{task: taskID, err: task.AsError(err)}
	if status := statusOf(ans.err.Code); status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable {
		ans.header = http.Header{"Retry-After": {retryAfter}}
	}
	return ans
}
