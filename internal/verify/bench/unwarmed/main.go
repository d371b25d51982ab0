// Command unwarmed is the service's function without its first call to DynamoDB, for the benchmark alone: it
// tells how much of a start is the function's own and how much is the warm-up.
package main

import (
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

func main() {
	runtime.GOMAXPROCS(1)
	log := slog.New(telemetry.NewHandler(lambdacontext.NewLogHandler(), os.Getenv("AWS_LAMBDA_FUNCTION_NAME"), os.Stdout))
	client, err := dynamo.NewClient(os.Getenv)
	if err != nil {
		log.Error("the function cannot start", "cause", err)
		os.Exit(1)
	}
	table := dynamo.NewTable(client, os.Getenv("TABLE_NAME"))
	service := task.NewService(table, task.NewCatalogue(table, time.Now, log), time.Now, uuid.New)
	lambda.Start(lambdahttp.NewHandler(api.New(service, time.Now, log), log))
}
