package main

import (
	"context"
	"errors"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// functionARN is the function's name as processes are told it.
const functionARN = "arn:aws:lambda:eu-west-1:123456789012:function:bench"

// patience is the time limit for each step of a process.
const patience = 10 * time.Second

// runtimeAPI is the Lambda Runtime API of one process, the local stack's. What it does is in every measurement of
// time, and in none of the process's CPU time.
type runtimeAPI struct{ *lambdaruntime.Endpoint }

// awaitNext waits until the process asks for an event, and tells when it did.
func (a runtimeAPI) awaitNext() (time.Time, error) {
	select {
	case at := <-a.Asked():
		return at, nil
	case failed := <-a.InitFailed():
		return time.Time{}, failed
	case <-time.After(patience):
		return time.Time{}, errors.New("the function did not ask for an event in time")
	}
}

// invoke hands an event to the process, which must be waiting for one, and takes back the answer. It returns
// when the process waits again, so that whatever an invocation costs lies between two calls.
func (a runtimeAPI) invoke(event []byte) (body []byte, took time.Duration, err error) {
	begun := time.Now()
	ctx, cancel := context.WithDeadline(context.Background(), begun.Add(patience))
	defer cancel()
	answer, err := a.Exchange(ctx, lambdaruntime.Request{Payload: event})
	if err != nil {
		return nil, 0, err
	}
	_, err = a.awaitNext()
	return answer.Payload, answer.At.Sub(begun), err
}
