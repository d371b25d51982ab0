package lambdaruntime

import (
	"context"
	"fmt"
	"sync"
)

// Pool is one function: its running processes and the queue of invocations for them. It is safe for concurrent use.
type Pool struct {
	config Config
	slots  chan struct{} // one token for each instance that may work; waiters queue in order
	closed chan struct{}
	work   sync.WaitGroup

	mu      sync.Mutex
	running map[*instance]bool
	idle    []*instance // the one used last is at the end
	started int
	closing bool
}

// NewPool checks the configuration. Processes start with the first requests, as
// Lambda's do.
func NewPool(c Config) (*Pool, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Pool{
		config: c, slots: make(chan struct{}, c.MaxInstances),
		closed: make(chan struct{}), running: map[*instance]bool{},
	}, nil
}

// Invoke hands the request to a free instance, starts one if there is none, or
// waits in line. A failure of the function is an *Error. When the context ends
// first its error is returned: a request still in line is dropped, one under way
// runs on to its own end and keeps its instance for that long.
func (p *Pool) Invoke(ctx context.Context, r Request) (Result, error) {
	if len(r.Payload) > MaxRequestBytes {
		return Result{}, &Error{Type: TypeRequestTooLarge, Message: fmt.Sprintf("the event exceeds %d bytes", MaxRequestBytes)}
	}
	select {
	case p.slots <- struct{}{}:
	case <-ctx.Done():
		return Result{}, fmt.Errorf("wait for a free instance: %w", ctx.Err())
	case <-p.closed:
		return Result{}, ErrClosed
	}
	if !p.enter() {
		<-p.slots
		return Result{}, ErrClosed
	}
	return p.run(ctx, r)
}

// enter registers work with Close, which must not wait for a group that still
// grows.
func (p *Pool) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closing {
		return false
	}
	p.work.Add(1)
	return true
}

// run frees the slot when the instance is free, not when the caller leaves.
func (p *Pool) run(ctx context.Context, r Request) (Result, error) {
	type ending struct {
		result  Result
		failure *Error
	}
	ended := make(chan ending, 1)
	go func() {
		defer p.work.Done()
		defer func() { <-p.slots }()
		result, failure := p.serve(r)
		ended <- ending{result, failure}
	}()
	select {
	case e := <-ended:
		if e.failure != nil {
			return Result{}, e.failure
		}
		return e.result, nil
	case <-ctx.Done():
		return Result{}, fmt.Errorf("wait for the function: %w", ctx.Err())
	}
}

// serve tries instances until one takes the request. It skips those that ended while they were idle.
func (p *Pool) serve(r Request) (Result, *Error) {
	for i := p.takeIdle(); i != nil; i = p.takeIdle() {
		result, failure, delivered := i.invoke(r)
		p.giveBack(i)
		if delivered {
			return result, failure
		}
	}
	i, failure := p.start()
	if failure != nil {
		return Result{}, failure
	}
	result, failure, delivered := i.invoke(r)
	if !delivered {
		failure = &Error{Type: TypeExit, Message: i.process.endReason(), Instance: i.name}
	}
	p.giveBack(i)
	return result, failure
}

// takeIdle returns the instance that was used last, as Lambda usually does, so that low traffic needs few instances.
func (p *Pool) takeIdle() *instance {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.idle) == 0 {
		return nil
	}
	last := len(p.idle) - 1
	i := p.idle[last]
	p.idle = p.idle[:last]
	return i
}

func (p *Pool) start() (*instance, *Error) {
	p.mu.Lock()
	p.started++
	name := fmt.Sprintf("instance-%d", p.started)
	p.mu.Unlock()
	i, failure := startInstance(name, p.config, p.closed)
	if failure != nil {
		return nil, failure
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running[i] = true
	if p.closing {
		i.process.kill()
	}
	return i, nil
}

// giveBack makes the instance available again, or forgets it if its process is
// gone.
func (p *Pool) giveBack(i *instance) {
	if i.alive() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.idle = append(p.idle, i)
		return
	}
	i.stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.running, i)
}

// Close ends every process and waits until all are gone. Invocations under way
// fail.
func (p *Pool) Close() {
	p.mu.Lock()
	if !p.closing {
		p.closing = true
		close(p.closed)
	}
	for i := range p.running {
		i.process.kill()
	}
	p.mu.Unlock()
	p.work.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.running {
		i.stop()
	}
	p.running, p.idle = map[*instance]bool{}, nil
}
