// Command faulty is the function with faults that a caller can request. It has the adapter and the runtime of the real
// function. With the Idempotency-Key panic an update panics; with the key exit the process ends.
package main

import (
	"context"
	"os"

	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/api"
	"accounttasks/internal/app"
	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// faulty is a service that updates nothing, and can do nothing else.
type faulty struct{ api.Tasks }

// Update implements api.Tasks.
func (faulty) Update(_ context.Context, _ task.Caller, request task.UpdateRequest) (task.Result, error) {
	switch request.IdempotencyKey {
	case "panic":
		panic("a requested fault")
	case "exit":
		os.Exit(3)
	}
	return task.Result{}, &task.Error{Code: task.CodeTaskNotFound, Reason: "There are no tasks here."}
}

func main() {
	app.Start(func(e app.Environment) (lambda.Handler, error) {
		db, err := dynamo.NewClient(e.Getenv)
		if err != nil {
			return nil, err
		}
		callers := client.NewAuthenticator(dynamo.NewTable(db, e.Getenv("TABLE_NAME")).Clients(), e.Now)
		recorder := telemetry.NewRecorder(e.Log, telemetry.NewMetrics(e.Getenv, e.Now, e.Metrics))
		return lambdahttp.NewHandler(api.New(callers, faulty{}, e.Now, recorder)), nil
	})
}
