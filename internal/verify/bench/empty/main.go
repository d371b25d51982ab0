// Command empty is a floor for the benchmark: a function that answers a constant. It measures only Lambda's runtime
// client for Go.
package main

import (
	"context"
	"encoding/json"

	"github.com/aws/aws-lambda-go/lambda"
)

func main() { lambda.Start(answer) }

func answer(context.Context, json.RawMessage) (json.RawMessage, error) {
	return json.RawMessage(`{"statusCode":200}`), nil
}
