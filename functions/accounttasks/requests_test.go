package main

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"accounttasks/internal/app"
	"accounttasks/internal/local/table"
)

// requestCount counts the requests that reach a table, by operation.
type requestCount struct {
	table http.Handler

	mu      sync.Mutex
	counted map[string]int
}

func (c *requestCount) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	c.mu.Lock()
	c.counted[operation]++
	c.mu.Unlock()
	c.table.ServeHTTP(w, r)
}

// take returns the requests since the last take.
func (c *requestCount) take() map[string]int {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := maps.Clone(c.counted)
	clear(c.counted)
	return taken
}

// startCounted starts the function on a table with the demo task and one catalogue entry.
func startCounted(t *testing.T) (*function, *requestCount) {
	t.Helper()
	c := &requestCount{table: table.NewEngine(), counted: make(map[string]int)}
	f := startOnTable(t, c, func(f *function) {
		f.putTasks(t, demoTask)
		c.take()
	})
	return f, c
}

// The requests to the table that a request to the service may cost.
var (
	noRequest       = map[string]int{}
	onlyTheToken    = map[string]int{"BatchGetItem": 1}
	tokenAndUpdate  = map[string]int{"BatchGetItem": 1, "UpdateItem": 1}
	onlyTheUpdate   = map[string]int{"UpdateItem": 1}
	atTheStart      = map[string]int{"Query": 1}
	beforeTheCaller = []string{"RouteNotFound", "MethodNotAllowed", "Unauthorized"}
	atTheTable      = []string{"TaskNotFound", "PreconditionFailed", "IdempotencyKeyReused"}
)

func TestStartReadsTheCatalogueOnceAndNothingElse(t *testing.T) {
	_, c := startCounted(t)
	if got := c.take(); !maps.Equal(got, atTheStart) {
		t.Errorf("got the requests %v, want %v", got, atTheStart)
	}
}

// TestRequestsPerAnswer checks the requests to the table for each refusal, after the function has started. The instance
// checks the token for the first time, unless there was an earlier update.
func TestRequestsPerAnswer(t *testing.T) {
	for code, o := range occasions {
		if o.table != nil {
			continue // a table that fails is tried again
		}
		want := onlyTheToken
		switch {
		case slices.Contains(beforeTheCaller, code):
			want = noRequest
		case slices.Contains(atTheTable, code) && o.earlier != "":
			want = onlyTheUpdate
		case slices.Contains(atTheTable, code):
			want = tokenAndUpdate
		}
		t.Run(code, func(t *testing.T) {
			f, c := startCounted(t)
			if o.earlier != "" {
				earlier := o
				earlier.body = o.earlier
				f.invoke(t, earlier.event(t, "application/json"))
			}
			c.take()
			r := f.invoke(t, o.event(t, "application/json"))
			if !strings.Contains(r.Body, `"ErrorCode":"`+code+`"`) {
				t.Fatalf("got the answer %s, want %s", r.Body, code)
			}
			if got := c.take(); !maps.Equal(got, want) {
				t.Errorf("got the requests %v, want %v", got, want)
			}
		})
	}
}

// TestRequestsPerUpdate checks that an update, or a repeat, makes one request if the instance knows the token, and two
// if it does not.
func TestRequestsPerUpdate(t *testing.T) {
	f, c := startCounted(t)
	event := occasion{header: map[string]string{"idempotency-key": "once"}}.event(t, "application/json")
	c.take()
	for attempt, want := range []struct {
		replayed string
		requests map[string]int
	}{{"", tokenAndUpdate}, {"true", onlyTheUpdate}} {
		r := f.invoke(t, event)
		if r.StatusCode != http.StatusOK || r.header("Idempotency-Replayed") != want.replayed {
			t.Fatalf("attempt %d: got %d and Idempotency-Replayed %q", attempt, r.StatusCode, r.header("Idempotency-Replayed"))
		}
		if got := c.take(); !maps.Equal(got, want.requests) {
			t.Errorf("attempt %d: got the requests %v, want %v", attempt, got, want.requests)
		}
	}
}

func TestNobodyButTheWarmUpMaySendItsEvent(t *testing.T) {
	f, c := startCounted(t)
	c.take()
	if r := f.invoke(t, []byte(app.RehearsedEvent)); r.StatusCode != http.StatusUnauthorized {
		t.Errorf("got %d %s, want 401", r.StatusCode, r.Body)
	}
	if got := c.take(); !maps.Equal(got, onlyTheToken) {
		t.Errorf("got the requests %v, want %v", got, onlyTheToken)
	}
}
