package dynamo_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// engine answers every attempt as it is told to, the last answer again and again.
type engine struct {
	answers []http.HandlerFunc

	mu       sync.Mutex
	attempts []string // the operation of each
}

func (e *engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	e.mu.Lock()
	answer := e.answers[min(len(e.attempts), len(e.answers)-1)]
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	e.attempts = append(e.attempts, operation)
	e.mu.Unlock()
	answer(w, r)
}

// made lists the attempts so far.
func (e *engine) made() []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.attempts)
}

func answering(status int, exception string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"__type":"com.amazonaws.dynamodb.v20120810#%s","message":"as the test says"}`, exception)
	}
}

var (
	throttled = answering(400, "ProvisionedThroughputExceededException")
	conflict  = answering(400, "TransactionConflictException")
	elsewhere = answering(400, "ReplicatedWriteConflictException")
	denied    = answering(400, "AccessDeniedException")
	failed    = answering(500, "InternalServerError")
	overdue   = answering(400, "RequestTimeoutException")
	absent    = answering(400, "ConditionalCheckFailedException")
)

// overtaken refuses an update that the item does not remember: four later ones have been applied.
func overtaken(w http.ResponseWriter, _ *http.Request) {
	const refusal = `{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException","Item":{"pk":{"S":"ACCOUNT#a"},` +
		`"W0":{"S":"4"},"W1":{"S":"3"},"W2":{"S":"2"},"W3":{"S":"1"},"DateModified":{"S":"2026-01-01T00:00:04+00:00"},` +
		`"D1":{"S":"2026-01-01T00:00:03+00:00"},"D2":{"S":"2026-01-01T00:00:02+00:00"},"D3":{"S":"2026-01-01T00:00:01+00:00"}}}`
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.WriteHeader(400)
	io.WriteString(w, refusal)
}

// brokenOff ends in the middle of the answer that the condition did not hold.
func brokenOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "200")
	w.WriteHeader(400)
	io.WriteString(w, `{"__type":"com.amazonaws.dynamodb.v20120810#Conditional`)
}

// lost ends the connection without an answer.
func lost(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

// stalled does not answer until the caller has gone.
func stalled(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// start starts the engine and gives the table on it.
func (e *engine) start(t testing.TB) *dynamo.Table {
	server := httptest.NewUnstartedServer(e)
	server.Config.ErrorLog = nil
	server.Start()
	t.Cleanup(server.Close)
	return dynamo.NewTable(dynamotest.NewClient(t, server.URL), "tasks")
}

func aWrite() task.ConditionalUpdate {
	return task.ConditionalUpdate{AccountID: "a", ID: uuid.New(), Token: "t", Fingerprint: "f", ModifiedAt: time.Unix(0, 0)}
}

func TestWhatFailedAttemptsPromise(t *testing.T) {
	for _, test := range []struct {
		name     string
		answers  []http.HandlerFunc
		want     task.Code
		attempts int
	}{
		{"every attempt throttled: nothing was changed", []http.HandlerFunc{throttled}, task.CodeTooManyRequests, 3},
		{"an answer lost: the outcome is unknown", []http.HandlerFunc{lost}, task.CodeUnavailable, 3},
		{"a server fault: the outcome is unknown", []http.HandlerFunc{failed}, task.CodeUnavailable, 3},
		{"an answer lost before throttles: still unknown", []http.HandlerFunc{lost, throttled}, task.CodeUnavailable, 3},
		{"a throttle before lost answers: unknown", []http.HandlerFunc{throttled, lost}, task.CodeUnavailable, 3},
		{"a write in another region in the way: nothing was changed", []http.HandlerFunc{elsewhere}, task.CodeTooManyRequests, 1},
		{"an answer lost before a refusal: still unknown", []http.HandlerFunc{lost, denied}, task.CodeUnavailable, 2},
		{"a transaction in the way: nothing was changed", []http.HandlerFunc{conflict}, task.CodeTooManyRequests, 1},
		{"answers that are cut off: the outcome is unknown", []http.HandlerFunc{brokenOff}, task.CodeUnavailable, 3},
		{"an answer that is cut off, then a complete one: as the complete one says", []http.HandlerFunc{brokenOff, absent}, task.CodeTaskNotFound, 2},
		{"access denied: the service's own fault", []http.HandlerFunc{denied}, task.CodeInternalError, 1},
		{"a request that did not arrive in time: the outcome is unknown", []http.HandlerFunc{overdue}, task.CodeUnavailable, 3},
		{"four later updates after a lost answer: it may have been one before them", []http.HandlerFunc{lost, overtaken}, task.CodeUnavailable, 2},
		{"no item after a lost answer: final", []http.HandlerFunc{lost, absent}, task.CodeTaskNotFound, 2},
	} {
		t.Run(test.name, func(t *testing.T) {
			e := &engine{answers: test.answers}
			ctx, calls := telemetry.MeasureTable(t.Context())
			_, err := e.start(t).Update(ctx, aWrite())
			if calls.Attempts != test.attempts || calls.Duration <= 0 {
				t.Errorf("measured %+v, want %d attempts", *calls, test.attempts)
			}
			if err == nil || task.AsError(err).Code != test.want {
				t.Errorf("got %v, want %s", err, test.want)
			}
			if made := e.made(); len(made) != test.attempts {
				t.Errorf("got the attempts %v, want %d", made, test.attempts)
			}
		})
	}
}

func TestReadsOfTheCatalogueAreCounted(t *testing.T) {
	ctx, calls := telemetry.MeasureTable(t.Context())
	_, _ = (&engine{answers: []http.HandlerFunc{lost}}).start(t).LoadCatalogue(ctx)
	if calls.Attempts != 3 || calls.Duration <= 0 {
		t.Errorf("measured %+v, want three attempts", *calls)
	}
}

// An update whose TaskID cannot be looked up has not been tried.
func TestUnreadCataloguePromisesThatNothingWasApplied(t *testing.T) {
	_, err := (&engine{answers: []http.HandlerFunc{lost}}).start(t).LoadCatalogue(t.Context())
	if got := task.AsError(err); got.Code != task.CodeUnavailable || !strings.Contains(got.Reason, "nothing was changed") {
		t.Errorf("got %s: %s", got.Code, got.Reason)
	}
}

// reasonOf is the reason of an update that has failed with the code.
func reasonOf(t *testing.T, err error, want task.Code) string {
	t.Helper()
	refusal := task.AsError(err)
	if refusal.Code != want {
		t.Errorf("got %v, want %s", err, want)
	}
	return refusal.Reason
}

func TestWhatWasNotSentWasNotApplied(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel()
	e := &engine{answers: []http.HandlerFunc{absent}}
	_, err := e.start(t).Update(over, aWrite())
	if reason := reasonOf(t, err, task.CodeUnavailable); !strings.Contains(reason, "nothing was changed") || len(e.made()) != 0 {
		t.Errorf("without time left: got %q after the attempts %v", reason, e.made())
	}
	_, err = dynamo.NewTable(dynamotest.NewClient(t, "http://127.0.0.1:1"), "tasks").Update(t.Context(), aWrite())
	if reason := reasonOf(t, err, task.CodeUnavailable); !strings.Contains(reason, "nothing was changed") {
		t.Errorf("without a table to connect to: got %q", reason)
	}
	err = updateWithoutTLS(t)
	if reason := reasonOf(t, err, task.CodeUnavailable); !strings.Contains(reason, "nothing was changed") {
		t.Errorf("with a connection and no TLS on it: got %q", reason)
	}
}

// updateWithoutTLS sends an update to a table that accepts connections and never answers on them. The update's time is over
// when the first one is accepted.
func updateWithoutTLS(t *testing.T) error {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		if _, err := listener.Accept(); err == nil {
			cancel()
		}
	}()
	_, err = dynamo.NewTable(dynamotest.NewClient(t, "https://"+listener.Addr().String()), "tasks").Update(ctx, aWrite())
	return err
}

func TestTimeThatEndsDuringAPauseAppliesNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	e := &engine{answers: []http.HandlerFunc{func(w http.ResponseWriter, r *http.Request) { throttled(w, r); cancel() }}}
	_, err := e.start(t).Update(ctx, aWrite())
	if reason := reasonOf(t, err, task.CodeUnavailable); reason != "" && !strings.Contains(reason, "nothing was changed") {
		t.Errorf("got %v", err)
	}
}

// The register of an item on which four others have been applied, by instances whose clocks are ahead or just now.
const (
	fourOthers = `,"W0":{"S":"a"},"W1":{"S":"b"},"W2":{"S":"c"},"W3":{"S":"d"},"DateModified":{"S":"2026-06-04T03:45:09+00:00"},` +
		`"D1":{"S":"2026-06-04T03:45:08+00:00"},"D2":{"S":"2026-06-04T03:45:07+00:00"},"D3":{"S":"2026-06-04T03:45:06+00:00"}`
	oneOfFourIsOlder = `,"W0":{"S":"a"},"W1":{"S":"b"},"W2":{"S":"c"},"W3":{"S":"d"},"DateModified":{"S":"2026-06-04T03:45:09+00:00"},` +
		`"D1":{"S":"2026-06-04T03:45:08+00:00"},"D2":{"S":"2026-06-04T03:45:07+00:00"},"D3":{"S":"2026-06-04T03:45:02+00:00"}`
	own     = `,"W0":{"S":"t"},"F0":{"S":"f"},"DateModified":{"S":"2026-06-04T03:45:03+00:00"}`
	earlier = `,"W0":{"S":"t"},"F0":{"S":"f"},"DateModified":{"S":"2026-06-04T03:45:01+00:00"}`
	// unreadable is what another program has written.
	unreadable = `,"Version":{"S":"3"},"W0":{"S":"a"},"DateModified":{"S":"2026-06-04T03:45:01+00:00"}`
	markOnly   = `,"K#t":{"S":"f 2026-06-04T03:45:03+00:00"}`
)

func TestClientNamesEveryMissingVariable(t *testing.T) {
	_, err := dynamo.NewClient(func(string) string { return "" })
	if err == nil {
		t.Fatal("got a client without region and credentials")
	}
	for _, name := range []string{"AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in %q", name, err)
		}
	}
}
