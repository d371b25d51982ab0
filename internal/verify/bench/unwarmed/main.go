// Command unwarmed is the task function without its warm-up. Only the benchmark uses it, to separate the warm-up from
// the rest of a start.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/app"
)

func main() {
	app.Start(func(e app.Environment) (lambda.Handler, error) { return app.NewAccountTasks(e) })
}
