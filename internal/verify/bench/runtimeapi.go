package main

import (
	"context"
	"errors"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

// functionARN is the name of the function that the processes get.
const functionARN = "arn:aws:lambda:eu-west-1:123456789012:function:bench"

// patience is the time limit for each step of a process.
const patience = 10 * time.Second

// runtimeAPI is the Lambda Runtime API of one process, taken from the local stack. Every measured time includes its
// work; the CPU time of the process does not.
type runtimeAPI struct{ *lambdaruntime.Endpoint }

// awaitNext waits until the process asks for an event, and returns that time.
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

// invoke gives an event to the process, which must be waiting for one, and returns the answer. It returns when the
// process waits again, so that the whole cost of an invocation lies between two calls.
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
