package stack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/local/lambdaruntime"
	"accounttasks/internal/local/table"
)

// functionWorkerTimeout is that of the function in examples/worker/template.yaml.
const functionWorkerTimeout = 60 * time.Second

// functionWorker is the user's own worker: a Lambda function like that in examples/worker. It gets each event as a batch
// of one message of an SQS queue.
type functionWorker struct{ pool *lambdaruntime.Pool }

// newFunctionWorker runs the binary bootstrap of a folder with these variables. It creates the table that RUNS_TABLE
// names.
func newFunctionWorker(folder string, environment variables, out *console) (functionWorker, error) {
	client, err := table.Access(environment).Client()
	if err != nil {
		return functionWorker{}, err
	}
	if err := table.CreateWorkerRunsIfAbsent(context.Background(), client, environment["RUNS_TABLE"]); err != nil {
		return functionWorker{}, err
	}
	pool, err := lambdaruntime.NewPool(lambdaruntime.Config{
		Binary: filepath.Join(folder, "bootstrap"), Name: "WorkerFunction", Handler: "bootstrap",
		Region: environment["AWS_REGION"], AccountID: accountID, Timeout: functionWorkerTimeout,
		Environment: environment, Output: functionOutput{out},
	})
	return functionWorker{pool}, err
}

// take hands the function an event.
func (w functionWorker) take(ctx context.Context, event []byte) error {
	type message struct {
		MessageID      string `json:"messageId"`
		Body           string `json:"body"`
		EventSource    string `json:"eventSource"`
		EventSourceARN string `json:"eventSourceARN"`
	}
	batch, err := json.Marshal(map[string]any{"Records": []message{{
		uuid.NewString(), string(event), "aws:sqs", "arn:aws:sqs:eu-central-1:" + accountID + ":worker",
	}}})
	if err != nil {
		return err
	}
	result, err := w.pool.Invoke(ctx, lambdaruntime.Request{Payload: batch})
	if err != nil {
		return err
	}
	var answer struct{ BatchItemFailures []any }
	if err := json.Unmarshal(result.Payload, &answer); err != nil {
		return fmt.Errorf("the worker's answer is not that of a function that takes batches: %w", err)
	}
	if len(answer.BatchItemFailures) > 0 {
		return errors.New("the worker wants the message again")
	}
	return nil
}
