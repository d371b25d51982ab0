package lambdaruntime

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// apiVersion is the only version of the Runtime API there is.
const apiVersion = "/2018-06-01/runtime"

// drainBytes is how much of a too large answer is read, so that the process gets the refusal and not a broken
// connection.
const drainBytes = 32 << 20

// Endpoint is the Lambda Runtime API of one process. It gives the process one invocation at a time and receives its
// answer.
type Endpoint struct {
	arn    string
	server *http.Server
	addr   string

	work       chan *invocation // handed over only while the process asks for it
	asked      chan time.Time   // holds one
	initFailed chan *Error      // holds one

	mu      sync.Mutex
	current *invocation
}

// StartEndpoint listens on a loopback port of the kernel's choice. The ARN is the
// function's, as the process gets it with each invocation.
func StartEndpoint(arn string) (*Endpoint, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the function's runtime: %w", err)
	}
	e := &Endpoint{
		arn: arn, addr: listener.Addr().String(),
		work: make(chan *invocation), asked: make(chan time.Time, 1), initFailed: make(chan *Error, 1),
	}
	// There is no time limit on a whole request, because a process waits for its next invocation without a limit.
	e.server = &http.Server{Handler: e.routes(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = e.server.Serve(listener) }()
	return e, nil
}

// Close ends all requests of the process.
func (e *Endpoint) Close() { _ = e.server.Close() }

// Address is the value of AWS_LAMBDA_RUNTIME_API.
func (e *Endpoint) Address() string { return e.addr }

// Asked receives the time at which the process asks for an invocation. A time that
// is not received before the next one stays in its place.
func (e *Endpoint) Asked() <-chan time.Time { return e.asked }

// InitFailed receives the report of a process that cannot start.
func (e *Endpoint) InitFailed() <-chan *Error { return e.initFailed }

// Answer is what the process answered and when it arrived.
type Answer struct {
	Payload []byte
	At      time.Time
}

// Exchange hands a request to the process and returns its answer. The context's
// deadline is the invocation's. The error is an *Error where the function failed,
// and wraps the context's where that ended first.
func (e *Endpoint) Exchange(ctx context.Context, r Request) (Answer, error) {
	deadline, _ := ctx.Deadline()
	work := newInvocation(r, deadline)
	select {
	case e.work <- work:
	case <-ctx.Done():
		return Answer{}, fmt.Errorf("wait for the process to ask for an event: %w", ctx.Err())
	}
	select {
	case o := <-work.answered:
		if o.err != nil {
			return Answer{}, o.err
		}
		return Answer{Payload: o.payload, At: o.at}, nil
	case <-ctx.Done():
		return Answer{}, fmt.Errorf("wait for an answer: %w", ctx.Err())
	}
}

func (e *Endpoint) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+apiVersion+"/invocation/next", e.next)
	mux.HandleFunc("POST "+apiVersion+"/invocation/{id}/response", e.response)
	mux.HandleFunc("POST "+apiVersion+"/invocation/{id}/error", e.failure)
	mux.HandleFunc("POST "+apiVersion+"/init/error", e.initError)
	return mux
}

// next blocks until there is work or the process hangs up.
func (e *Endpoint) next(w http.ResponseWriter, r *http.Request) {
	if e.busy() {
		refuse(w, http.StatusForbidden, "InvalidStateTransition", "the current invocation has no answer yet")
		return
	}
	select {
	case e.asked <- time.Now():
	default:
	}
	select {
	case i := <-e.work:
		e.begin(i)
		i.announce(w.Header(), e.arn)
		_, _ = w.Write(i.payload)
	case <-r.Context().Done():
	}
}

// response takes the function's answer.
func (e *Endpoint) response(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, MaxResponseBytes+1))
	if err != nil {
		refuse(w, http.StatusBadRequest, "InvalidRequest", err.Error())
		return
	}
	if len(body) > MaxResponseBytes {
		_, _ = io.CopyN(io.Discard, r.Body, drainBytes)
		tooLarge := &Error{Type: TypeResponseTooLarge, Message: fmt.Sprintf("the answer exceeds %d bytes", MaxResponseBytes)}
		e.settle(w, r, outcome{err: tooLarge}, http.StatusRequestEntityTooLarge)
		return
	}
	// A runtime that fails while it sends can only say so after the body.
	if kind := r.Trailer.Get("Lambda-Runtime-Function-Error-Type"); kind != "" {
		broken := &Error{Type: kind, Message: "the function failed while it sent its answer"}
		e.settle(w, r, outcome{err: broken}, http.StatusAccepted)
		return
	}
	e.settle(w, r, outcome{payload: body, at: time.Now()}, http.StatusAccepted)
}

// failure takes the error that the function returned instead of an answer.
func (e *Endpoint) failure(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, MaxResponseBytes))
	e.settle(w, r, outcome{err: reportedError(body, "Runtime.UnknownReason")}, http.StatusAccepted)
}

// initError takes the report of a process that cannot start.
func (e *Endpoint) initError(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(io.LimitReader(r.Body, MaxResponseBytes))
	select {
	case e.initFailed <- reportedError(body, TypeInit):
	default:
	}
	accept(w, http.StatusAccepted)
}

// settle answers the invocation that the path names, if it is the current one.
func (e *Endpoint) settle(w http.ResponseWriter, r *http.Request, o outcome, status int) {
	i := e.end(r.PathValue("id"))
	if i == nil {
		refuse(w, http.StatusBadRequest, "InvalidRequestID", "no such invocation is under way")
		return
	}
	accept(w, status)
	i.answer(o)
}

func (e *Endpoint) busy() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.current != nil
}

func (e *Endpoint) begin(i *invocation) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.current = i
}

func (e *Endpoint) end(id string) *invocation {
	e.mu.Lock()
	defer e.mu.Unlock()
	i := e.current
	if i == nil || i.id != id {
		return nil
	}
	e.current = nil
	return i
}

func accept(w http.ResponseWriter, status int) {
	writeJSON(w, status, map[string]string{"status": "OK"})
}

func refuse(w http.ResponseWriter, status int, kind, message string) {
	writeJSON(w, status, map[string]string{"errorType": kind, "errorMessage": message})
}

func writeJSON(w http.ResponseWriter, status int, document map[string]string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document)
}
