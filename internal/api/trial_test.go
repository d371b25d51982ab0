package api

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/wire"
)

// judge is a domain that only refuses requests with problems.
type judge struct{ Tasks }

func (judge) Register(_ context.Context, _ task.Caller, r task.UpdateRequest) (task.Result, error) {
	return task.Result{}, r.Problems.Err()
}

func (judge) Update(_ context.Context, _ task.Caller, r task.UpdateRequest) (task.Result, error) {
	return task.Result{}, r.Problems.Err()
}

func (judge) Add(_ context.Context, _ task.Caller, r client.AddRequest) (client.Added, error) {
	return client.Added{}, r.Problems.Err()
}

// TestNoRouteForgetsWhatIsWrongWithTheQuery checks every route of the route tables. An operation that ignores the
// problems of the query would call a domain that does not exist, and panic.
func TestNoRouteForgetsWhatIsWrongWithTheQuery(t *testing.T) {
	for _, rt := range append(New(nil, judge{}, time.Now, telemetry.Discard()).routes, NewToken(nil, nil, judge{}, time.Now, telemetry.Discard()).routes...) {
		if rt.operation == issueToken {
			continue // RFC 6749 has no query
		}
		c := &call{
			Request: httptest.NewRequest(rt.method, "/?validateOnly=perhaps", nil), route: &rt,
			body: Body{Body: wire.Body{Bytes: []byte("{}"), ContentType: "application/json"}},
		}
		c.SetPathValue("id", "a23b4ff9-5d7e-4603-b937-6e1f724316b9")
		if ans := readQuery(rt.operate)(c); ans.status != http.StatusBadRequest {
			t.Errorf("%s: got %d, want 400", rt.operation, ans.status)
		}
	}
}
