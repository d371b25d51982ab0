package openapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/task"
)

// runs runs every task, and knows when it runs next.
type runs struct{ upcoming []time.Time }

func (runs) Run(context.Context, task.Caller, uuid.UUID, string) (bool, error) { return false, nil }

func (r runs) Upcoming(context.Context, task.Caller, uuid.UUID, int) ([]time.Time, error) {
	return r.upcoming, nil
}

// TestRunAnswersAreDocumented compares the answers about runs with those that the document shows.
func TestRunAnswersAreDocumented(t *testing.T) {
	caller := clienttest.Only{Caller: task.NewCaller("account", "demo.user", "demo", task.ScopeRead, task.ScopeWrite)}
	examples := openapitest.Root(t).At("components", "examples")
	var upcoming []time.Time
	for _, date := range examples.At("Schedule.json", "value", "ResponseData", "Detail").Texts() {
		parsed, err := time.Parse(time.RFC3339, date)
		if err != nil {
			t.Fatal(err)
		}
		upcoming = append(upcoming, parsed)
	}
	service := api.New(caller, nil, time.Now, silent()).WithRuns(runs{upcoming})
	const id = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	for name, r := range map[string]*http.Request{
		"Ran":      httptest.NewRequest(http.MethodPost, "/api/v1/admin/tasks/account/run?id="+id, nil),
		"Schedule": httptest.NewRequest(http.MethodGet, "/api/v1/admin/tasks/account/"+id+"/schedule?count=2", nil),
	} {
		t.Run(name, func(t *testing.T) {
			r.Header.Set("Authorization", "Bearer token")
			w := httptest.NewRecorder()
			service.ServeHTTP(w, r)
			openapitest.CheckAnswer(t, openapitest.Answer{
				Method: r.Method, Path: r.URL.Path, Status: w.Code, Header: w.Header(), Body: w.Body.String(),
			})
			compareJSON(t, w.Body.Bytes(), examples.At(name+".json", "value").Value)
		})
	}
}
