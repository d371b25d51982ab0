package lambdaruntime_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

func TestConcurrentRequestsGetInstancesUpToTheLimit(t *testing.T) {
	const limit, requests = 3, 7
	pool := newPool(t, func(c *lambdaruntime.Config) { c.MaxInstances = limit })
	arrived, release := make(chan struct{}, requests), make(chan struct{})
	meeting := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	t.Cleanup(meeting.Close)

	pids := make(chan int, requests)
	for range requests {
		go func() {
			result, err := pool.Invoke(context.Background(), lambdaruntime.Request{Payload: payload(t, order{Do: "meet", With: meeting.URL})})
			var pid int
			if err == nil {
				_ = json.Unmarshal(result.Payload, &pid)
			}
			pids <- pid
		}()
	}
	for range limit {
		<-arrived // as many as there may be are at work at the same time
	}
	select {
	case <-arrived:
		t.Errorf("more than %d requests run at once", limit)
	default:
	}
	close(release)
	distinct := map[int]bool{}
	for range requests {
		distinct[<-pids] = true
	}
	if distinct[0] || len(distinct) != limit {
		t.Errorf("the requests met the processes %v, want %d", distinct, limit)
	}
}

func TestACallerWhoLeavesTheLineIsNotServed(t *testing.T) {
	pool := newPool(t, func(c *lambdaruntime.Config) { c.MaxInstances = 1 })
	arrived, release := make(chan struct{}), make(chan struct{})
	meeting := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		arrived <- struct{}{}
		<-release
	}))
	t.Cleanup(meeting.Close)
	finished := make(chan error, 1)
	go func() {
		_, err := pool.Invoke(context.Background(), lambdaruntime.Request{Payload: payload(t, order{Do: "meet", With: meeting.URL})})
		finished <- err
	}()
	<-arrived

	impatient, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := pool.Invoke(impatient, lambdaruntime.Request{Payload: payload(t, order{Do: "pid"})}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the caller's deadline", err)
	}
	close(release)
	if err := <-finished; err != nil {
		t.Errorf("the request that was under way: %v", err)
	}
}
