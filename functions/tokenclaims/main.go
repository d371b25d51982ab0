// Command tokenclaims is the Lambda function that Amazon Cognito asks before it issues an access token to a
// client: it adds the client's account and user, so that a request for an update needs no look-up.
package main

import (
	"context"
	"errors"
	"log/slog"
	"os"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/tokenclaims"
)

func main() {
	log := slog.New(lambdacontext.NewLogHandler())
	handler, err := newHandler(os.Getenv, log)
	if err != nil {
		log.Error("the function cannot start", "cause", err)
		os.Exit(1)
	}
	lambda.Start(handler.Handle)
}

// newHandler wires the function.
func newHandler(env func(string) string, log *slog.Logger) (*tokenclaims.Handler, error) {
	table := env("TABLE_NAME")
	if table == "" {
		return nil, errors.New("the environment variable TABLE_NAME is not set")
	}
	client, err := dynamo.NewClient(env)
	if err != nil {
		return nil, err
	}
	load := func(ctx context.Context, id string) (dynamo.Client, bool, error) {
		return dynamo.LoadClient(ctx, client, table, id)
	}
	return tokenclaims.NewHandler(load, log), nil
}
