package api

import (
	"context"
	"io"
	"net/http"
	"time"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/wire"
)

// Tasks carries out the operations on tasks; *task.Service does.
type Tasks interface {
	// Update validates an update and applies it to the caller's account. Its errors are those of
	// task.Service.Update.
	Update(ctx context.Context, caller task.Caller, request task.UpdateRequest) (task.Result, error)
}

// API serves the operations of the contract. It is safe for concurrent use.
type API struct {
	tasks    Tasks
	tokens   Tokens
	now      func() time.Time
	recorder *telemetry.Recorder
	routes   routes
}

// New makes the service. now gives the time for which a task's status is computed.
func New(tasks Tasks, now func() time.Time, recorder *telemetry.Recorder) *API {
	a := &API{tasks: tasks, now: now, recorder: recorder}
	a.routes = routes{
		{http.MethodPut, "/api/v1/admin/tasks/account/{id}", "UpdateTask", task.ScopeWrite, a.update},
	}
	return a
}

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// One byte more than an operation takes tells that a body is too large.
	bytes, err := io.ReadAll(io.LimitReader(r.Body, bodyLimit+1))
	a.Serve(w, r, Body{wire.Body{Bytes: bytes, ContentType: r.Header.Get("Content-Type")}, err})
}

// Serve answers a request whose body was read before. A caller that knows the route sets the request's Pattern, to a
// pattern of the route table, and its path values; the path is then not looked at.
func (a *API) Serve(w http.ResponseWriter, r *http.Request, body Body) {
	a.serve(w, &call{Request: r, body: body}, a.dispatch)
}

// Fail answers a request that failed before it got here with err. The answer is recorded as every other is.
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

// dispatch finds the route of a call and lets the callers through to it that may use it.
func (a *API) dispatch(c *call) answer {
	if refusal := a.routes.route(c); refusal != nil {
		return *refusal
	}
	if c.isForToken() {
		return c.route.operate(c) // It authenticates the client itself.
	}
	return authenticate(authorize(c.route.operate))(c)
}
