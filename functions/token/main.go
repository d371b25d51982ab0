// Command token is the Lambda function that issues tokens and adds clients.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/app"
)

func main() { app.Start(newFunction) }

// newFunction makes the function. It makes the first call to the table, so that no caller waits for it.
func newFunction(e app.Environment) (lambda.Handler, error) {
	f, err := app.NewToken(e)
	if err != nil {
		return nil, err
	}
	f.WarmUp()
	return f, nil
}
