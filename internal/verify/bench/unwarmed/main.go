// Command unwarmed is the tasks' function without its warm-up, for the benchmark alone: it tells how much of a start is
// the function's own and how much is the warm-up.
package main

import (
	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/app"
)

func main() {
	app.Start(func(e app.Environment) (lambda.Handler, error) { return app.NewAccountTasks(e) })
}
