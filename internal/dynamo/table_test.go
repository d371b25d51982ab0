package dynamo_test

import (
	"context"
	"fmt"
	"io"
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
	absent    = answering(400, "ConditionalCheckFailedException")
)

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
		{"every attempt throttled: nothing was applied", []http.HandlerFunc{throttled}, task.CodeTooManyRequests, 3},
		{"an answer lost: the outcome is unknown", []http.HandlerFunc{lost}, task.CodeUnavailable, 3},
		{"a server fault: the outcome is unknown", []http.HandlerFunc{failed}, task.CodeUnavailable, 3},
		{"an answer lost before throttles: still unknown", []http.HandlerFunc{lost, throttled}, task.CodeUnavailable, 3},
		{"a throttle before lost answers: unknown", []http.HandlerFunc{throttled, lost}, task.CodeUnavailable, 3},
		{"a write in another region in the way: nothing was applied", []http.HandlerFunc{elsewhere}, task.CodeTooManyRequests, 1},
		{"an answer lost before a refusal: still unknown", []http.HandlerFunc{lost, denied}, task.CodeUnavailable, 2},
		{"a transaction in the way: nothing was applied", []http.HandlerFunc{conflict}, task.CodeTooManyRequests, 1},
		{"answers that break off: the outcome is unknown", []http.HandlerFunc{brokenOff}, task.CodeUnavailable, 3},
		{"an answer that breaks off before a whole one: as the whole one says", []http.HandlerFunc{brokenOff, absent}, task.CodeTaskNotFound, 2},
		{"access denied: the service's own fault", []http.HandlerFunc{denied}, task.CodeInternalError, 1},
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
	if got := task.AsError(err); got.Code != task.CodeUnavailable || !strings.Contains(got.Reason, "nothing was applied") {
		t.Errorf("got %s: %s", got.Code, got.Reason)
	}
}

func TestStalledTableIsUnavailableInTime(t *testing.T) {
	t.Parallel()
	e := &engine{answers: []http.HandlerFunc{stalled}}
	table := e.start(t)
	functionTimeout, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	_, err := table.Update(functionTimeout, aWrite())
	if got := task.AsError(err).Code; got != task.CodeUnavailable {
		t.Errorf("got %v, want %s", err, task.CodeUnavailable)
	}
	if functionTimeout.Err() != nil {
		t.Error("the function's time was over before there was an answer")
	}
	if made := e.made(); len(made) != 3 {
		t.Errorf("got the attempts %v, want 3", made)
	}
}

func TestStalledConnectionDoesNotPoisonTheNextAttempt(t *testing.T) {
	t.Parallel()
	e := &engine{answers: []http.HandlerFunc{stalled, absent}}
	_, err := e.start(t).Update(t.Context(), aWrite())
	if got := task.AsError(err).Code; got != task.CodeTaskNotFound {
		t.Errorf("got %v, want %s from the second attempt", err, task.CodeTaskNotFound)
	}
}

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
