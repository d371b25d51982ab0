package api

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/wire"
)

// Updater carries out updates; *task.Service does.
type Updater interface {
	// Update judges a draft and applies it to the caller's account. Its errors are those of
	// task.Service.Update.
	Update(ctx context.Context, caller task.Caller, d task.UpdateRequest) (task.Result, error)
}

// API serves the operations of the contract.
type API struct {
	updater Updater
	now     func() time.Time
	log     *slog.Logger
	routes  []route
	warm    atomic.Bool // whether a request was answered before
}

// New makes the service. now tells the time for which a task's status is told.
func New(updater Updater, now func() time.Time, log *slog.Logger) *API {
	a := &API{updater: updater, now: now, log: log}
	a.routes = []route{{
		method:  http.MethodPut,
		pattern: "/api/v1/admin/tasks/account/{id}",
		scope:   task.ScopeWrite,
		handle:  a.update,
	}}
	return a
}

// ServeHTTP answers every request with the envelope and leaves one record of it in the log.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	begun := a.now()
	ctx, calls := telemetry.MeasureTable(r.Context())
	r = r.WithContext(ctx)
	ans := a.answer(r)
	a.write(w, r, ans)
	a.record(r, ans, a.now().Sub(begun), *calls)
}

// Fail answers a request with an error that came up outside the service's own handlers.
func (a *API) Fail(w http.ResponseWriter, r *http.Request, err error) {
	a.write(w, r, answer{err: task.AsError(err)})
}

// answer judges route, method, identity and scope, in this order, and leaves the rest to the route.
func (a *API) answer(r *http.Request) answer {
	found, id, err := a.find(r)
	if err != nil {
		return answer{err: err, header: allowed(found)}
	}
	caller, known := task.CallerFrom(r.Context())
	if !known {
		return answer{route: found[0].pattern, err: &task.Error{Code: task.CodeUnauthorized,
			Reason: "The request carries no identity: send it through the gateway, with a bearer token."}}
	}
	if !caller.Allows(found[0].scope) {
		return answer{route: found[0].pattern, err: &task.Error{Code: task.CodeForbidden,
			Reason: "The token does not grant the scope " + found[0].scope + ": send one that does."}}
	}
	ans := found[0].handle(r, caller, id)
	ans.route = found[0].pattern
	return ans
}

// answer is what a request comes to.
type answer struct {
	route  string    // the pattern of the route; empty where none was found
	task   uuid.UUID // of the path; zero where there is none
	header http.Header
	result task.Result
	err    *task.Error
}

// write writes the answer as an envelope in the format that the request asks for.
func (a *API) write(w http.ResponseWriter, r *http.Request, ans answer) {
	envelope := wire.Envelope{Failure: ans.err, Now: a.now()}
	if caller, known := task.CallerFrom(r.Context()); known {
		envelope.UserID = caller.UserID()
	}
	header := w.Header()
	for name, values := range ans.header {
		header[name] = values
	}
	status := http.StatusOK
	if ans.err != nil {
		status = statusOf(ans.err.Code)
		envelope.Detail = ans.err.Current
	} else {
		envelope.Detail = &ans.result.Task
	}
	if envelope.Detail != nil {
		header.Set("ETag", formatETag(envelope.Detail.Revision))
	}
	format := wire.Negotiate(r.Header)
	header.Set("Content-Type", format.ContentType())
	w.WriteHeader(status)
	w.Write(envelope.Write(format))
}
