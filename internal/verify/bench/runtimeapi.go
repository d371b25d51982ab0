package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

// runtimeAPI is the Lambda Runtime API of one process, as thin as it can be: what it does itself is in every
// measurement. The local stack's is not used because it keeps its processes to itself.
type runtimeAPI struct {
	address string
	server  *http.Server
	asked   chan time.Time // when the process asked for an event
	events  chan []byte
	answers chan answer
}

// answer is what the function gave back, and when.
type answer struct {
	body []byte
	at   time.Time
	err  error
}

// patience is how long a process may take for anything.
const patience = 10 * time.Second

func startRuntimeAPI() (*runtimeAPI, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	a := &runtimeAPI{
		address: listener.Addr().String(),
		asked:   make(chan time.Time, 1), events: make(chan []byte), answers: make(chan answer, 1),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /2018-06-01/runtime/invocation/next", a.next)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/response", a.response)
	mux.HandleFunc("POST /2018-06-01/runtime/invocation/{id}/error", a.failure)
	mux.HandleFunc("POST /2018-06-01/runtime/init/error", a.failure)
	a.server = &http.Server{Handler: mux}
	go a.server.Serve(listener)
	return a, nil
}

func (a *runtimeAPI) close() { a.server.Close() }

func (a *runtimeAPI) next(w http.ResponseWriter, r *http.Request) {
	a.asked <- time.Now()
	select {
	case event := <-a.events:
		header := w.Header()
		header.Set("Content-Type", "application/json")
		header.Set("Lambda-Runtime-Aws-Request-Id", "8476a536-e9f4-11e8-9739-2dfe598c3fcd")
		header.Set("Lambda-Runtime-Deadline-Ms", strconv.FormatInt(time.Now().Add(patience).UnixMilli(), 10))
		header.Set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-west-1:123456789012:function:bench")
		w.Write(event)
	case <-r.Context().Done():
	}
}

func (a *runtimeAPI) response(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	a.answers <- answer{body: body, at: time.Now(), err: err}
	w.WriteHeader(http.StatusAccepted)
}

func (a *runtimeAPI) failure(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	a.answers <- answer{err: fmt.Errorf("the function failed: %s", body)}
	w.WriteHeader(http.StatusAccepted)
}

// awaitNext waits until the process asks for an event, and tells when it did.
func (a *runtimeAPI) awaitNext() (time.Time, error) {
	select {
	case at := <-a.asked:
		return at, nil
	case failed := <-a.answers:
		return time.Time{}, failed.err
	case <-time.After(patience):
		return time.Time{}, errors.New("the function did not ask for an event in time")
	}
}

// invoke hands an event to the process, which must be waiting for one, and takes back the answer. It returns
// when the process waits again, so that whatever an invocation costs lies between two calls.
func (a *runtimeAPI) invoke(event []byte) (body []byte, took time.Duration, err error) {
	begun := time.Now()
	a.events <- event
	select {
	case got := <-a.answers:
		if got.err != nil {
			return nil, 0, got.err
		}
		_, err = a.awaitNext()
		return got.body, got.at.Sub(begun), err
	case <-time.After(patience):
		return nil, 0, errors.New("the function did not answer in time")
	}
}
