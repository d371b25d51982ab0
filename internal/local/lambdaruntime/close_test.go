package lambdaruntime_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"accounttasks/internal/local/lambdaruntime"
)

func TestCloseLeavesNoProcess(t *testing.T) {
	pool := newPool(t, nil)
	function := mustInvoke[int](t, pool, order{Do: "pid"})
	child := mustInvoke[int](t, pool, order{Do: "child"})
	pool.Close()
	if !gone(function) {
		t.Errorf("the function's process %d still runs", function)
	}
	if !endsSoon(child) {
		t.Errorf("the child %d of the function still runs", child)
	}
	if _, err := invoke(t, pool, order{Do: "pid"}); !errors.Is(err, lambdaruntime.ErrClosed) {
		t.Errorf("a request after Close: got %v, want ErrClosed", err)
	}
}

// endsSoon waits for the system's first process to reap a killed grandchild.
func endsSoon(pid int) bool {
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); {
		if gone(pid) || zombie(pid) {
			return true
		}
		runtime.Gosched()
	}
	return false
}

// zombie reports whether a process has ended and was not reaped, as happens where the
// first process of a container does not reap.
func zombie(pid int) bool {
	state, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	return bytes.Contains(state, []byte(") Z "))
}

func TestCloseDoesNotWaitForAStartThatHangs(t *testing.T) {
	pool := newPool(t, func(c *lambdaruntime.Config) { c.Environment[fakeFunction] = "hang at start" })
	started := make(chan struct{})
	failed := make(chan error, 1)
	go func() {
		close(started)
		_, err := pool.Invoke(context.Background(), lambdaruntime.Request{Payload: payload(t, order{Do: "pid"})})
		failed <- err
	}()
	<-started
	pool.Close() // the process has a minute to start: this must not take as long
	if err := <-failed; err == nil {
		t.Error("the request succeeded")
	}
}

func TestCloseEndsAnInvocationUnderWay(t *testing.T) {
	pool := newPool(t, nil)
	arrived := make(chan struct{})
	meeting := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		close(arrived)
		<-r.Context().Done() // until the process that asks is gone
	}))
	t.Cleanup(meeting.Close)
	failed := make(chan error, 1)
	go func() {
		_, err := pool.Invoke(context.Background(), lambdaruntime.Request{Payload: payload(t, order{Do: "meet", With: meeting.URL})})
		failed <- err
	}()
	<-arrived
	pool.Close()
	wantFailure(t, <-failed, lambdaruntime.TypeExit, "killed")
}
