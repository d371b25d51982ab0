// Command faulty is the function with faults that its callers can ask for, behind the same adapter and runtime as
// the real one: X-Fault: panic panics in the handler, X-Fault: exit ends the process.
package main

import (
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/api"
	"accounttasks/internal/lambdahttp"
)

// faulty puts the faults in front of the service.
type faulty struct{ *api.API }

func (f faulty) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Header.Get("X-Fault") {
	case "panic":
		panic("a fault that was asked for")
	case "exit":
		os.Exit(3)
	}
	f.API.ServeHTTP(w, r)
}

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	lambda.Start(lambdahttp.NewHandler(faulty{api.New(nil, time.Now, log)}, log))
}
