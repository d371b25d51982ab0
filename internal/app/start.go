package app

import (
	"io"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/google/uuid"

	_ "accounttasks/internal/app/oneprocessor"
	"accounttasks/internal/telemetry"
)

// Environment is what a function finds where it runs.
type Environment struct {
	// Getenv reads an environment variable.
	Getenv func(name string) string
	// Now tells the time.
	Now func() time.Time
	// NewID makes a fresh GUID.
	NewID func() uuid.UUID
	// Log takes the records.
	Log *slog.Logger
	// Metrics takes the metrics, a line for each piece of work.
	Metrics io.Writer
}

// recorder makes the recorder of a function.
func (e Environment) recorder() *telemetry.Recorder {
	return telemetry.NewRecorder(e.Log, telemetry.NewMetrics(e.Getenv, e.Now, e.Metrics))
}

// NewLog makes the log of a function: records have the request id and the trace id of their invocation.
func NewLog() *slog.Logger {
	return slog.New(telemetry.TraceHandler{Handler: lambdacontext.NewLogHandler()})
}

// Start runs a function under the Lambda runtime. It does not return. A function that cannot be made ends the process,
// with a record that says why.
func Start(newFunction func(Environment) (lambda.Handler, error)) {
	log := NewLog()
	environment := Environment{Getenv: os.Getenv, Now: time.Now, NewID: uuid.New, Log: log, Metrics: os.Stdout}
	function, err := newFunction(environment)
	if err != nil {
		log.Error("the function cannot start", "cause", err)
		os.Exit(1)
	}
	sendAnswersInOneWrite(http.DefaultTransport.(*http.Transport))
	lambda.Start(WithHint(environment, function))
}
