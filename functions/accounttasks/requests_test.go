package main

import (
	"maps"
	"net/http"
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

// take gives the requests since it was last asked.
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

var (
	noRequest = map[string]int{}
	oneUpdate = map[string]int{"UpdateItem": 1}
)

func TestStartReadsTheCatalogueOnceAndNothingElse(t *testing.T) {
	_, c := startCounted(t)
	if got, want := c.take(), map[string]int{"Query": 1}; !maps.Equal(got, want) {
		t.Errorf("got the requests %v, want %v", got, want)
	}
}

// TestRequestsPerAnswer asserts what an update costs at the table once the function has started.
func TestRequestsPerAnswer(t *testing.T) {
	for code, o := range occasions {
		if o.table != nil {
			continue // a table that fails is tried again
		}
		want := noRequest
		switch code {
		case "TaskNotFound", "PreconditionFailed", "IdempotencyKeyReused":
			want = oneUpdate
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

func TestEveryUpdateAndEveryRepeatIsOneRequest(t *testing.T) {
	f, c := startCounted(t)
	event := occasion{header: map[string]string{"idempotency-key": "once"}}.event(t, "application/json")
	c.take()
	for attempt, replayed := range []string{"", "true"} {
		r := f.invoke(t, event)
		if r.StatusCode != http.StatusOK || r.header("Idempotency-Replayed") != replayed {
			t.Fatalf("attempt %d: got %d and Idempotency-Replayed %q", attempt, r.StatusCode, r.header("Idempotency-Replayed"))
		}
		if got := c.take(); !maps.Equal(got, oneUpdate) {
			t.Errorf("attempt %d: got the requests %v, want %v", attempt, got, oneUpdate)
		}
	}
}

func TestWarmUpGoesAllTheWayToTheRules(t *testing.T) {
	f, c := startCounted(t)
	c.take()
	r := f.invoke(t, []byte(app.RefusedEvent))
	if want := "Frequency is required"; !strings.Contains(r.Body, want) {
		t.Errorf("got the answer %d %s, want one of the rules: %s", r.StatusCode, r.Body, want)
	}
	if got := c.take(); len(got) > 0 {
		t.Errorf("got the requests %v, want none", got)
	}
}
