package asyncinvoke

import (
	"context"
	"sync"
	"time"
)

// Invoke runs a function with an event. An error means that the event was not handled.
type Invoke func(ctx context.Context, function string, event []byte) error

// Config is what a queue needs. Invoke is required.
type Config struct {
	Invoke Invoke
	// Retries is the number of further attempts for an event, by function.
	Retries map[string]int
	// Delay is the time before the second attempt; the third waits twice as long.
	// Lambda waits one minute and two. The default is one second.
	Delay time.Duration
	// Failed, if set, is called for every failed attempt. It must be safe for concurrent use.
	Failed func(function string, attempt int, err error)
}

// Queue takes events and invokes their functions in the background. It is safe for
// concurrent use.
type Queue struct {
	config Config
	ctx    context.Context
	end    context.CancelFunc

	mu     sync.Mutex
	closed bool
	work   sync.WaitGroup
}

// New returns an empty queue.
func New(c Config) *Queue {
	if c.Delay == 0 {
		c.Delay = time.Second
	}
	if c.Failed == nil {
		c.Failed = func(string, int, error) {}
	}
	ctx, end := context.WithCancel(context.Background())
	return &Queue{config: c, ctx: ctx, end: end}
}

// Send returns immediately. After Close it drops the event.
func (q *Queue) Send(function string, event []byte) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.work.Go(func() { q.deliver(function, event) })
	}
}

// deliver tries until the first success, the last retry, or Close.
func (q *Queue) deliver(function string, event []byte) {
	for attempt := 1; ; attempt++ {
		err := q.config.Invoke(q.ctx, function, event)
		if err == nil || q.ctx.Err() != nil {
			return
		}
		q.config.Failed(function, attempt, err)
		if attempt > q.config.Retries[function] || !q.wait(q.config.Delay*time.Duration(attempt)) {
			return
		}
	}
}

// wait reports whether the time passed before the queue was closed.
func (q *Queue) wait(delay time.Duration) bool {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-q.ctx.Done():
		return false
	}
}

// Close cancels running attempts, drops the rest, and returns when all have ended.
func (q *Queue) Close() {
	q.mu.Lock()
	q.closed = true
	q.mu.Unlock()
	q.end()
	q.work.Wait()
}
