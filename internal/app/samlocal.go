package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/task"
)

// tableHint says, where a function runs under `sam local`, how its table is started.
const tableHint = "sam local: the table could not be read; `make table` in another terminal starts it"

func (e Environment) isSAMLocal() bool { return e.Getenv("AWS_SAM_LOCAL") == "true" }

// hintAtTable logs the hint for a table that could not be read when the function started.
func (e Environment) hintAtTable() {
	if e.isSAMLocal() {
		e.Log.Error(tableHint)
	}
}

// WithHint is the function itself, except under `sam local`: there an answer of 503 is the hint, and the error of a tick or
// a report that found no table begins with it, so that a person who calls the function reads it.
func WithHint(e Environment, function lambda.Handler) lambda.Handler {
	if e.isSAMLocal() {
		return hinting{function}
	}
	return function
}

type hinting struct{ lambda.Handler }

// Invoke implements lambda.Handler.
func (h hinting) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	answer, err := h.Handler.Invoke(ctx, payload)
	if err != nil && task.AsError(err).Code == task.CodeUnavailable {
		return nil, fmt.Errorf("%s: %w", tableHint, err)
	}
	var read struct {
		StatusCode int `json:"statusCode"`
	}
	if err != nil || json.Unmarshal(answer, &read) != nil || read.StatusCode != http.StatusServiceUnavailable {
		return answer, err
	}
	return json.Marshal(map[string]any{
		"statusCode": read.StatusCode, "headers": map[string]string{"Content-Type": "text/plain; charset=utf-8"}, "body": tableHint + ".\n",
	})
}
