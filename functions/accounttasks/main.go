// Command accounttasks is the Lambda function behind PUT /api/v1/admin/tasks/account/{id}.
//
// It wires the packages together and makes its first call to DynamoDB before Lambda may send it an event: that
// call opens the TLS connection and reads the task catalogue, so that no caller waits for either.
package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"runtime"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// warmUpLimit bounds the first call: what Lambda gives a function to initialise is ten seconds.
const warmUpLimit = 3 * time.Second

func main() {
	// A process serves one request at a time. With a second processor the threads of the Go runtime look for work
	// that is not there, which is a fifth of a request's CPU time.
	runtime.GOMAXPROCS(1)
	log := slog.New(telemetry.NewHandler(lambdacontext.NewLogHandler(), os.Getenv("AWS_LAMBDA_FUNCTION_NAME"), os.Stdout))
	handler, err := newHandler(os.Getenv, log)
	if err != nil {
		log.Error("the function cannot start", "cause", err)
		os.Exit(1)
	}
	lambda.Start(withSAMLocal(os.Getenv, log, handler))
}

// newHandler wires the function. A table that does not answer yet is no reason not to start: the first
// request reads the catalogue then.
func newHandler(env func(string) string, log *slog.Logger) (*lambdahttp.Handler, error) {
	client, err := dynamo.NewClient(env)
	if err != nil {
		return nil, err
	}
	name := env("TABLE_NAME")
	if name == "" {
		return nil, errors.New("the environment variable TABLE_NAME is not set")
	}
	table := dynamo.NewTable(client, name).LogTo(log)
	catalogue := task.NewCatalogue(table, time.Now, log)
	ctx, cancel := context.WithTimeout(context.Background(), warmUpLimit)
	defer cancel()
	_ = catalogue.Refresh(ctx) // A failure is in the log by then.
	service := task.NewService(table, catalogue, time.Now, uuid.New)
	warmUp(ctx, service)
	return lambdahttp.NewHandler(api.New(service, time.Now, log), log), nil
}
