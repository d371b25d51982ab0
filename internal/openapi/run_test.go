package openapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// runs runs every task, and knows its runs and when it runs next.
type runs struct {
	upcoming []time.Time
	page     run.Page
}

func (r runs) List(context.Context, task.Caller, uuid.UUID, run.Position, int) (run.Page, error) {
	return r.page, nil
}

func (runs) Run(context.Context, task.Caller, uuid.UUID, string) (run.Ordered, error) {
	return run.Ordered{}, nil
}

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
	page := run.Page{Records: shownRuns(t, examples), More: true}
	service := api.New(caller, nil, time.Now, silent()).WithRuns(runs{upcoming, page})
	const id = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	for name, r := range map[string]*http.Request{
		"Ran":      httptest.NewRequest(http.MethodPost, "/api/v1/admin/tasks/account/run?id="+id, nil),
		"Runs":     httptest.NewRequest(http.MethodGet, "/api/v1/admin/tasks/account/"+id+"/runs?count=3", nil),
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

// shownRuns are the runs that the document shows.
func shownRuns(t *testing.T, examples openapitest.Node) []run.Record {
	t.Helper()
	var records []run.Record
	for _, shown := range examples.At("Runs.json", "value", "ResponseData", "Detail").Items() {
		written, err := json.Marshal(shown.Value)
		if err != nil {
			t.Fatal(err)
		}
		var r struct {
			RunID          uuid.UUID
			Due, StartedOn time.Time
			FinishedOn     *time.Time
			Trigger        run.Trigger
			Outcome        run.Outcome
			Message        string
			Missed         int64
		}
		if err := json.Unmarshal(written, &r); err != nil {
			t.Fatal(err)
		}
		record := run.Record{ID: r.RunID, Due: r.Due, Trigger: r.Trigger, StartedOn: r.StartedOn, Outcome: r.Outcome, Message: r.Message, Missed: r.Missed}
		if r.FinishedOn != nil {
			record.FinishedOn = *r.FinishedOn
		}
		records = append(records, record)
	}
	return records
}
