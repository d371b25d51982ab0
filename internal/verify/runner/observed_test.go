package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
)

// observed is the embedded engine without a network connection. It records the effect of each write in the rows of a
// play, so that the checker can judge it. It implements http.RoundTripper.
type observed struct {
	engine http.Handler
	direct dynamo.Runs // the table without a network in between

	mu   sync.Mutex
	play *play
}

// RoundTrip answers one request after the other.
func (o *observed) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	answer := o.serve(r, body)
	if answer.StatusCode == http.StatusOK && strings.HasSuffix(r.Header.Get("X-Amz-Target"), ".UpdateItem") {
		o.note(body)
	}
	return answer, nil
}

func (o *observed) serve(r *http.Request, body []byte) *http.Response {
	asked := r.Clone(r.Context())
	asked.Body = io.NopCloser(bytes.NewReader(body))
	recorder := httptest.NewRecorder()
	o.engine.ServeHTTP(recorder, asked)
	return recorder.Result()
}

// unobserved is the observer's own transport to the engine, which is not recorded.
type unobserved struct{ *observed }

// RoundTrip implements http.RoundTripper.
func (u unobserved) RoundTrip(r *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(r.Body)
	return u.serve(r, body), err
}

// note compares the task with its state before the write, or records the item of a run.
func (o *observed) note(update []byte) {
	var request struct {
		Key map[string]struct{ S string }
	}
	if err := json.Unmarshal(update, &request); err != nil {
		panic(err)
	}
	account := strings.TrimPrefix(request.Key[dynamo.PartitionKey].S, "ACCOUNT#")
	parts := strings.Split(request.Key[dynamo.SortKey].S, "#")
	if parts[0] == "RUN" {
		o.noteRun(run.Key{Ref: run.Ref{AccountID: account, ID: uuid.MustParse(parts[1])}, Position: run.Position{Due: must(time.Parse(time.RFC3339Nano, parts[2])).UTC(), RunID: uuid.MustParse(parts[3])}})
		return
	}
	r := o.play.table.tasks[run.Ref{AccountID: account, ID: uuid.MustParse(parts[1])}]
	after, _, err := o.direct.Read(context.Background(), r.Ref())
	if err != nil {
		panic(err)
	}
	r.become(after, time.Now())
}

// noteRun compares a run with its state before the write.
func (o *observed) noteRun(key run.Key) {
	after, _, err := o.direct.ReadRun(context.Background(), key)
	if err != nil {
		panic(err)
	}
	r := o.play.table.runs[key]
	if r == nil {
		r = &runRow{Stored: after, putAt: time.Now()}
		o.play.table.runs[key] = r
	}
	if after.Outcome == run.OutcomeRunning {
		r.deadline = after.DueAt
	}
	r.become(after, time.Now())
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// become takes the state after a write and records what has changed.
func (r *row) become(after run.State, now time.Time) {
	before := r.State
	r.State = after
	switch {
	case after.Deleted != before.Deleted || after.Revision.Version != before.Revision.Version:
		r.versions = append(r.versions, version{now, after.LastEdit, after.Task, after.Deleted})
	case after.Open != nil && (before.Open == nil || before.Open.ID != after.Open.ID):
		r.claims = append(r.claims, claim{now, *after.Open, after.Enabled, after.Deleted, after.Task})
		if after.Open.Trigger == run.TriggerSchedule {
			r.looks = append(r.looks, now)
		}
	default:
		r.looks = append(r.looks, now)
	}
}
