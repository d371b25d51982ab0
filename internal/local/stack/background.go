package stack

import (
	"context"
	"net"
	"net/http"
	"sync"

	"accounttasks/internal/local/asyncinvoke"
	"accounttasks/internal/local/eventbus"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/local/schedule"
)

// busEndpoint is the variable by which an AWS SDK finds EventBridge.
const busEndpoint = "AWS_ENDPOINT_URL_EVENTBRIDGE"

// twice is the share of events that the bus delivers twice, so that a function that
// relies on one delivery is noticed. The seed makes runs alike.
const (
	twice = 0.1
	seed  = 1
)

// background invokes functions for callers that do not wait: the template's
// schedules and rules.
type background struct {
	queue *asyncinvoke.Queue
	bus   *http.Server
	end   context.CancelFunc
	work  sync.WaitGroup
	// worker is the zero worker where nobody takes runs.
	worker worker
}

// startBackground serves the bus on the listener and starts the schedules.
func startBackground(c Config, template samtemplate.Template, functions pools, w worker, region string, listener net.Listener, out *console) *background {
	retries := map[string]int{workerName: workerRetries}
	for _, f := range template.Functions {
		retries[f.Name] = f.Retries
	}
	rules, invoke := w.addTo(template.Rules, func(ctx context.Context, function string, event []byte) error {
		_, err := functions.Invoke(ctx, function, "", event)
		return err
	})
	queue := asyncinvoke.New(asyncinvoke.Config{
		Retries: retries, Delay: c.RetryDelay, Invoke: invoke,
		Failed: func(function string, attempt int, err error) {
			out.line("%s failed with an event, attempt %d: %v", function, attempt, err)
		},
	})
	bus := eventbus.New(eventbus.Config{
		Buses: template.Buses, Rules: rules, Send: queue.Send,
		Region: region, AccountID: accountID, Twice: twice, Seed: seed,
		Taken: out.event,
	})
	ctx, end := context.WithCancel(context.Background())
	b := &background{queue: queue, end: end, worker: w, bus: &http.Server{Handler: bus, ReadHeaderTimeout: readHeaderLimit, ReadTimeout: readLimit}}
	b.work.Go(func() { _ = b.bus.Serve(listener) })
	b.work.Go(func() { schedule.Run(ctx, template.Schedules, c.Tick, queue.Send) })
	return b
}

// close cancels running invocations. Events that wait for their function are lost.
func (b *background) close() {
	b.end()
	_ = b.bus.Close()
	b.queue.Close()
	if b.worker.close != nil {
		b.worker.close()
	}
	b.work.Wait()
}
