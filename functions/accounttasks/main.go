// Command accounttasks is the Lambda function that serves the operations on tasks.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/app"
)

func main() { app.Start(newFunction) }

// newFunction makes the function. It makes the first call to the table, so that no caller waits for it.
func newFunction(e app.Environment) (lambda.Handler, error) {
	f, err := app.NewAccountTasks(e)
	if err != nil {
		return nil, err
	}
	f.WarmUp()
	return f, nil
}
