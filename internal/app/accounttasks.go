package app

import (
	"context"
	"errors"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// AccountTasks is the function that serves the operations on tasks. It implements lambda.Handler.
type AccountTasks struct {
	*lambdahttp.Handler
	environment Environment
	catalogue   *task.Catalogue
	service     *task.Service
}

// NewAccountTasks makes the function for the table that the environment names in TABLE_NAME. The error names the
// variables that are missing.
func NewAccountTasks(e Environment) (*AccountTasks, error) {
	client, err := dynamo.NewClient(e.Getenv)
	if err != nil {
		return nil, err
	}
	name := e.Getenv("TABLE_NAME")
	if name == "" {
		return nil, errors.New("the environment variable TABLE_NAME is not set")
	}
	table := dynamo.NewTable(client, name).LogTo(e.Log)
	return NewAccountTasksOn(table, table, e), nil
}

// NewAccountTasksOn makes the function for tasks and a catalogue that are kept elsewhere.
func NewAccountTasksOn(tasks task.Store, source task.CatalogueSource, e Environment) *AccountTasks {
	catalogue := task.NewCatalogue(source, e.Now, e.Log)
	service := task.NewService(tasks, catalogue, e.Now, e.NewID)
	handler := newHandler(service, e.Now, e.recorder())
	return &AccountTasks{Handler: handler, environment: e, catalogue: catalogue, service: service}
}

func newHandler(tasks api.Tasks, now func() time.Time, recorder *telemetry.Recorder) *lambdahttp.Handler {
	return lambdahttp.NewHandler(api.New(tasks, now, recorder))
}

// warmUpLimit bounds the first call to the table: Lambda gives a function ten seconds to initialise.
const warmUpLimit = 3 * time.Second

// WarmUp pays what the first request of a process costs more than the next ones: it opens the connection to the
// table, reads the catalogue, and serves a request that has no effect and leaves no record. Lambda gives a function
// more CPU while it initialises than later. A table that does not answer yet is no reason not to start: the first
// request reads the catalogue then.
func (f *AccountTasks) WarmUp() {
	ctx, cancel := context.WithTimeout(context.Background(), warmUpLimit)
	defer cancel()
	if f.catalogue.Refresh(ctx) != nil { // The catalogue logs why.
		f.environment.hintAtTable()
	}
	// The answer is of no interest: the rules refuse the event.
	_, _ = newHandler(f.service, f.environment.Now, telemetry.Discard()).Invoke(ctx, []byte(RefusedEvent))
}

// RefusedEvent is an update that the rules refuse, and that therefore never gets as far as the table.
const RefusedEvent = `{"version":"2.0","routeKey":"PUT /api/v1/admin/tasks/account/{id}",` +
	`"rawPath":"/api/v1/admin/tasks/account/0","pathParameters":{"id":"0"},"headers":{"content-type":"application/json"},` +
	`"requestContext":{"http":{"method":"PUT"},"authorizer":{"jwt":{"claims":` +
	`{"account_id":"0","user_id":"0","client_id":"0","scope":"tasks/write"}}}},` +
	`"body":"{\"TaskID\":\"00000000-0000-0000-0000-000000000000\",\"StartDate\":\"2026-06-04T03:45:03Z\",` +
	`\"Parameters\":\"{}\",\"ContentType\":\"application/json\"}"}`
