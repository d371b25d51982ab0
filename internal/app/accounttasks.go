package app

import (
	"context"
	"net/http/httptrace"
	"sync"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// AccountTasks is the function that serves the operations on tasks. It implements lambda.Handler.
type AccountTasks struct {
	*lambdahttp.Handler
	environment Environment
	catalogue   *task.Catalogue
	service     *task.Service
}

// NewAccountTasks makes the function for the table and the bus that the environment names in TABLE_NAME and EVENT_BUS.
// The error names the variables that are missing.
func NewAccountTasks(e Environment) (*AccountTasks, error) {
	table, events, timeout, err := platform(e)
	if err != nil {
		return nil, err
	}
	f := newAccountTasks(table, table, e)
	runs := run.NewService(run.NewRunner(table.Runs(), events, timeout, e.Now), table.Runs(), e.NewID)
	callers := client.NewAuthenticator(table.Clients(), e.Now)
	f.Handler = lambdahttp.NewHandler(api.New(callers, f.service, e.Now, e.recorder()).WithRuns(runs))
	return f, nil
}

// NewAccountTasksOn makes the function for tokens, tasks and a catalogue that are kept elsewhere, without the operations
// on runs.
func NewAccountTasksOn(callers api.Authenticator, tasks task.Store, source task.CatalogueSource, e Environment) *AccountTasks {
	f := newAccountTasks(tasks, source, e)
	f.Handler = lambdahttp.NewHandler(api.New(callers, f.service, e.Now, e.recorder()))
	return f
}

func newAccountTasks(tasks task.Store, source task.CatalogueSource, e Environment) *AccountTasks {
	catalogue := task.NewCatalogue(source, e.Now, e.Log)
	return &AccountTasks{environment: e, catalogue: catalogue, service: task.NewService(tasks, catalogue, e.Now, e.NewID)}
}

// warmUpLimit bounds the first call to the table: Lambda gives a function ten seconds to initialise.
const warmUpLimit = 3 * time.Second

// WarmUp pays what the first request of a process costs more than the next ones: it opens the connection to the
// table, reads the catalogue, and rehearses an update while the table's answer is under way. Lambda gives a function
// more CPU time while it initialises than later. If the table does not answer yet, the function starts all the same, and
// the first request reads the catalogue.
func (f *AccountTasks) WarmUp() {
	ctx, cancel := context.WithTimeout(context.Background(), warmUpLimit)
	defer cancel()
	asked, rehearsed := make(chan struct{}), make(chan struct{})
	haveAsked := sync.OnceFunc(func() { close(asked) })
	go func() {
		defer close(rehearsed)
		<-asked
		_, _ = rehearse(ctx, f.environment) // The answer is of no interest.
	}()
	if f.catalogue.Refresh(onceSent(ctx, haveAsked)) != nil { // The catalogue logs why.
		f.environment.hintAtTable()
	}
	haveAsked() // where nothing was sent
	<-rehearsed
}

// onceSent is a context whose HTTP requests call a function when they have been sent.
func onceSent(ctx context.Context, call func()) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteRequest: func(httptrace.WroteRequestInfo) { call() }})
}
