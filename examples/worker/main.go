// Command worker is an example of a worker: a Lambda function that takes due runs from an SQS queue, does the work of each
// run once by its id, and reports the outcome on the event bus. Replace the function work in work.go.
//
// It needs nothing of the service's code, so the folder can be copied into a module of yours.
package main

import (
	"context"
	"log/slog"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/eventbridge"
)

// lambdaNames gives time and message the names that Lambda's JSON log expects. Without timestamp it takes every record for
// one of the level INFO.
func lambdaNames(groups []string, a slog.Attr) slog.Attr {
	switch {
	case len(groups) > 0:
	case a.Key == slog.TimeKey:
		a.Key = "timestamp"
	case a.Key == slog.MessageKey:
		a.Key = "message"
	}
	return a
}

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: lambdaNames}))
	aws, err := config.LoadDefaultConfig(context.Background())
	if err != nil {
		log.Error("the worker does not start", "cause", err)
		os.Exit(1)
	}
	table := dynamodb.NewFromConfig(aws)
	w := &worker{
		ledger:     &dynamoLedger{client: table, table: os.Getenv("RUNS_TABLE"), now: time.Now},
		parameters: &taskTable{client: table, table: os.Getenv("TASK_TABLE")},
		reporter:   &eventBridge{client: eventbridge.NewFromConfig(aws), bus: os.Getenv("EVENT_BUS")},
		work:       work,
		log:        log,
	}
	lambda.Start(w.handle)
}
