package endtoend_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/stack"
	"accounttasks/internal/local/table"
)

// absentTask is a task that no account has.
const absentTask = "00000000-0000-4000-8000-00000000dead"

// tableCall is one request to the table.
type tableCall struct{ operation, body string }

// watch is a proxy in front of the table that records its requests.
type watch struct {
	table http.Handler
	mu    sync.Mutex
	calls []tableCall
}

func (w *watch) ServeHTTP(answer http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	w.mu.Lock()
	w.calls = append(w.calls, tableCall{operation, string(body)})
	w.mu.Unlock()
	r.Body = io.NopCloser(bytes.NewReader(body))
	w.table.ServeHTTP(answer, r)
}

// take returns the calls since the last take.
func (w *watch) take() []tableCall {
	w.mu.Lock()
	defer w.mu.Unlock()
	taken := w.calls
	w.calls = nil
	return taken
}

// startWatched starts a stack with a watched table. Its function is warm: it has read the catalogue.
func startWatched(t *testing.T) (client, *watch) {
	t.Helper()
	w := &watch{table: table.NewEngine()}
	front := httptest.NewServer(w)
	t.Cleanup(front.Close)
	c := start(t, func(config *stack.Config) {
		config.DynamoDBEndpoint, config.TableName = front.URL, stack.DefaultTableName
	})
	c.put(demoTask, update("0")).mustBe(t, 200, "")
	w.take()
	return c, w
}

// mustTouch fails the test unless the calls since the last take touched exactly these items, with one request each.
func (w *watch) mustTouch(t *testing.T, want ...string) {
	t.Helper()
	var got []string
	for _, call := range w.take() {
		got = append(got, call.item(t))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the table got the requests %q, want %q", got, want)
	}
}

// item names the one item that a call concerns.
func (c tableCall) item(t *testing.T) string {
	t.Helper()
	var asked struct {
		Key struct{ PK, SK struct{ S string } }
	}
	if err := json.Unmarshal([]byte(c.body), &asked); err != nil {
		t.Fatalf("%s is not a request to a table: %v", c.body, err)
	}
	return c.operation + " " + asked.Key.PK.S + " " + asked.Key.SK.S
}

// updateOf is the item that an update of the demo account's task touches.
func updateOf(id string) string { return "UpdateItem ACCOUNT#" + demo.AccountID + " TASK#" + id }
