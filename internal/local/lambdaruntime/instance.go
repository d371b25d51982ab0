package lambdaruntime

import (
	"fmt"
	"time"
)

// instance is one process with its own endpoint: the local execution
// environment. It serves one invocation at a time.
type instance struct {
	name     string
	config   Config
	endpoint *Endpoint
	process  *process
}

// startInstance returns when the process has asked for its first invocation, or
// with the reason why it never will; closing gives up the wait.
func startInstance(name string, c Config, closing <-chan struct{}) (*instance, *Error) {
	endpoint, err := StartEndpoint(c.arn())
	if err != nil {
		return nil, &Error{Type: TypeInit, Message: err.Error(), Instance: name}
	}
	process, err := startProcess(c.Binary, c.environment(name, endpoint.addr), c.Output)
	if err != nil {
		endpoint.Close()
		return nil, &Error{Type: TypeInit, Message: err.Error(), Instance: name}
	}
	i := &instance{name: name, config: c, endpoint: endpoint, process: process}
	if failure := i.awaitReady(closing); failure != nil {
		i.stop()
		failure.Instance = name
		return nil, failure
	}
	return i, nil
}

// awaitReady waits for the end of the initialisation phase.
func (i *instance) awaitReady(closing <-chan struct{}) *Error {
	limit := time.NewTimer(i.config.InitTimeout)
	defer limit.Stop()
	select {
	case <-i.endpoint.asked:
		return nil
	case failure := <-i.endpoint.initFailed:
		return failure
	case <-i.process.exited:
		return i.initFailure()
	case <-closing:
		return &Error{Type: TypeInit, Message: ErrClosed.Error()}
	case <-limit.C:
		return &Error{Type: TypeTimeout, Message: fmt.Sprintf("no request for work within %s of its start", i.config.InitTimeout)}
	}
}

// initFailure returns the error that the process reported, or else how it ended.
func (i *instance) initFailure() *Error {
	select {
	case failure := <-i.endpoint.initFailed:
		return failure
	default:
		return &Error{Type: TypeInit, Message: i.process.endReason()}
	}
}

// invoke runs one request. If delivered is false, the process had ended before it took the request, which may then go
// to another instance.
func (i *instance) invoke(r Request) (result Result, failure *Error, delivered bool) {
	limit := time.NewTimer(i.config.Timeout)
	defer limit.Stop()
	work := newInvocation(r, time.Now().Add(i.config.Timeout))
	select {
	case i.endpoint.work <- work:
	case <-i.process.exited:
		return Result{}, nil, false
	case <-limit.C:
		return Result{}, i.timedOut(), true
	}
	var o outcome
	select {
	case o = <-work.answered:
	case <-i.process.exited:
		o = i.finalOutcome(work)
	case <-limit.C:
		o.err = i.timedOut()
	}
	if o.err != nil {
		o.err.Instance = i.name
	}
	return Result{Payload: o.payload, Instance: i.name, RequestID: work.id}, o.err, true
}

// finalOutcome is the outcome where the process has ended: an answer that it gave
// before counts.
func (i *instance) finalOutcome(work *invocation) outcome {
	select {
	case o := <-work.answered:
		return o
	default:
		return outcome{err: &Error{Type: TypeExit, Message: i.process.endReason()}}
	}
}

// timedOut ends the process, like Lambda, because its code cannot be stopped in another way.
func (i *instance) timedOut() *Error {
	i.process.kill()
	return &Error{Type: TypeTimeout, Message: fmt.Sprintf("no answer within %s", i.config.Timeout), Instance: i.name}
}

// alive reports whether the process may be given another invocation.
func (i *instance) alive() bool {
	select {
	case <-i.process.exited:
		return false
	default:
		return true
	}
}

// stop ends the process and its endpoint and waits for both.
func (i *instance) stop() {
	i.process.kill()
	i.endpoint.Close()
}
