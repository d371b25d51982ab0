package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/wire"
)

// Tasks has the operations on tasks. *task.Service implements it.
type Tasks interface {
	Register(ctx context.Context, caller task.Caller, request task.UpdateRequest) (task.Result, error)
	ValidateRegistration(ctx context.Context, caller task.Caller, request task.UpdateRequest) (task.Result, error)
	Read(ctx context.Context, caller task.Caller, id uuid.UUID) (task.Task, error)
	List(ctx context.Context, caller task.Caller, after uuid.UUID, count int, summary bool) (task.Page, error)
	Update(ctx context.Context, caller task.Caller, request task.UpdateRequest) (task.Result, error)
	ValidateUpdate(ctx context.Context, caller task.Caller, request task.UpdateRequest) (task.Result, error)
	Delete(ctx context.Context, caller task.Caller, request task.DeleteRequest) (task.Result, error)
	ListCatalogue(ctx context.Context) ([]task.CatalogueEntry, error)
}

// The paths of the operations.
const (
	registerPath  = "/api/v2/admin/tasks/account"
	cataloguePath = "/api/v1/admin/tasks"
	tasksPath     = cataloguePath + "/account"
	taskPath      = tasksPath + "/{id}"
	runPath       = tasksPath + "/run"
	runsPath      = taskPath + "/runs"
	schedulePath  = taskPath + "/schedule"
)

// Runs has the operations on the runs of tasks. *run.Service implements it.
type Runs interface {
	Run(ctx context.Context, caller task.Caller, id uuid.UUID, idempotencyKey string) (run.Ordered, error)
	List(ctx context.Context, caller task.Caller, id uuid.UUID, after run.Position, count int) (run.Page, error)
	Upcoming(ctx context.Context, caller task.Caller, id uuid.UUID, count int) ([]time.Time, error)
}

// API serves the operations of the contract. It is safe for concurrent use.
type API struct {
	callers  Authenticator
	tasks    Tasks
	runs     Runs
	tokens   Tokens
	clients  Clients
	now      func() time.Time
	recorder *telemetry.Recorder
	routes   routes
	// others are operations of another function. The gateway sends a request for one of their paths here if it has
	// another method, or if the path is written differently, for example in capitals.
	others routes
	// elsewhere is the sentence for a request with an unknown path. It says which paths exist.
	elsewhere string
}

// New makes the service. now gives the time for which a task's status is computed.
func New(callers Authenticator, tasks Tasks, now func() time.Time, recorder *telemetry.Recorder) *API {
	a := &API{callers: callers, tasks: tasks, now: now, recorder: recorder, elsewhere: "the tasks are at " + tasksPath}
	a.others = routes{{method: http.MethodPost, pattern: tokenPath}, {method: http.MethodPost, pattern: clientsPath}}
	a.routes = routes{
		{http.MethodPost, registerPath, "RegisterTask", task.ScopeWrite, wire.ShapeTask, []parameter{validateOnly}, a.register},
		{http.MethodGet, cataloguePath, "ListCatalogue", task.ScopeRead, wire.ShapeCatalogue, nil, a.listCatalogue},
		{http.MethodGet, tasksPath, "ListTasks", task.ScopeRead, wire.ShapeTasks, []parameter{count, after, summary}, a.list},
		{http.MethodGet, taskPath, "ReadTask", task.ScopeRead, wire.ShapeTask, nil, a.read},
		{http.MethodPut, taskPath, "UpdateTask", task.ScopeWrite, wire.ShapeTask, []parameter{validateOnly}, a.update},
		{http.MethodDelete, taskPath, "DeleteTask", task.ScopeWrite, wire.ShapeTask, nil, a.delete},
	}
	return a
}

// WithRuns adds the operations on runs.
func (a *API) WithRuns(runs Runs) *API {
	a.runs = runs
	a.routes = append(routes{
		{http.MethodPost, runPath, "RunTask", task.ScopeWrite, wire.ShapeEmpty, []parameter{runID}, a.run},
		{http.MethodGet, runsPath, "ListRuns", task.ScopeRead, wire.ShapeRuns, []parameter{count, afterRun}, a.listRuns},
		{http.MethodGet, schedulePath, "ReadSchedule", task.ScopeRead, wire.ShapeDates, []parameter{count}, a.schedule},
	}, a.routes...)
	return a
}

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// One byte more than the limit shows that a body is too large.
	bytes, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit+1))
	a.Serve(w, r, Body{wire.Body{Bytes: bytes, ContentType: r.Header.Get("Content-Type")}, err})
}

// Serve answers a request whose body has been read. If the caller knows the route, it sets the request's Pattern to a
// pattern of the route table, and its path values. Serve then does not parse the path.
func (a *API) Serve(w http.ResponseWriter, r *http.Request, body Body) {
	a.serve(w, &call{Request: r, body: body}, a.dispatch)
}

// Fail answers a request that failed with err before it arrived here. The answer is recorded like any other.
func (a *API) Fail(w http.ResponseWriter, r *http.Request, err error) {
	a.serve(w, &call{Request: r}, func(*call) answer { return fail(err) })
}

func (a *API) serve(w http.ResponseWriter, c *call, operate handler) {
	ans := a.record(a.recoverPanics(a.encode(operate)))(c)
	header := w.Header()
	for name, values := range ans.header {
		header[name] = values
	}
	w.WriteHeader(ans.status)
	w.Write(ans.body)
}

// dispatch finds the route of a call, authenticates the caller and checks its scope.
func (a *API) dispatch(c *call) answer {
	if refusal := a.route(c); refusal != nil {
		return *refusal
	}
	if c.isForToken() {
		return c.route.operate(c) // It authenticates the client itself.
	}
	return a.authenticate(authorize(readQuery(c.route.operate)))(c)
}
