// Command runner is the Lambda function that runs due tasks. A schedule invokes it once a minute.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/app"
)

func main() {
	app.Start(func(e app.Environment) (lambda.Handler, error) { return app.NewRunner(e) })
}
