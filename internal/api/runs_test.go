package api_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

const (
	runsPath = taskPath + "/runs"
	runID    = "5f1f5f0c-6f0b-4b7e-9a39-0d1c6a3f8e21"
)

func TestRunsAreListedInBothFormats(t *testing.T) {
	page := run.Page{Records: []run.Record{
		{ID: uuid.MustParse(runID), Due: noon, Trigger: run.TriggerManual, StartedOn: noon, Outcome: run.OutcomeRunning},
		{ID: uuid.MustParse(runID), Due: noon, Trigger: run.TriggerSchedule, StartedOn: noon, FinishedOn: noon.Add(time.Second),
			Outcome: run.OutcomeFailed, Message: "No such address", Missed: 2},
	}}
	const due = "2026-06-04T12:00:00+00:00"
	for format, want := range map[string]string{
		"application/json": `"Detail":[{"RunID":"` + runID + `","Due":"` + due + `","Trigger":"MANUAL","StartedOn":"` + due +
			`","FinishedOn":null,"Outcome":"RUNNING","Message":null,"Missed":0},{"RunID":"` + runID + `","Due":"` + due +
			`","Trigger":"SCHEDULE","StartedOn":"` + due + `","FinishedOn":"2026-06-04T12:00:01+00:00","Outcome":"FAILED",` +
			`"Message":"No such address","Missed":2}]}}`,
		"text/xml": `<Outcome>FAILED</Outcome><Message>No such address</Message><Missed>2</Missed></AccountTaskRunResponse></Detail>` +
			`</ResponseData></ResponseOfListOfAccountTaskRunResponse>`,
	} {
		r := &runner{page: page}
		w := r.send(http.MethodGet, runsPath, header("Accept", format), from(reader))
		if w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), want) {
			t.Errorf("%s: got %d %s, want 200 %s", format, w.Code, w.Body, want)
		}
		if w.Header().Get("Link") != "" || w.Header().Get("ETag") != "" {
			t.Errorf("%s: got the header %v, want neither Link nor ETag", format, w.Header())
		}
	}
}

func TestThePageOfRunsIsTheOneAskedFor(t *testing.T) {
	position := run.Position{Due: noon, RunID: uuid.MustParse(runID)}
	for raw, want := range map[string]struct {
		after run.Position
		count int
	}{
		"":                 {run.Position{}, task.DefaultCount},
		"count=7&Summary=": {run.Position{}, 7},
		"After=" + url.QueryEscape("2026-06-04T12:00:00+00:00,"+runID): {position, task.DefaultCount},
		"after=2026-06-04T12:00:00+00:00," + runID:                     {position, task.DefaultCount},
		"after=2026-06-04T12:00:00Z," + runID + "&count=100":           {position, 100},
	} {
		r := &runner{}
		if w := r.send(http.MethodGet, runsPath, from(reader), query(raw)); w.Code != http.StatusOK || r.afters[0] != want.after || r.counts[0] != want.count {
			t.Errorf("%s: got %d, after %v and counts %v, want %v and %d", raw, w.Code, r.afters, r.counts, want.after, want.count)
		}
	}
}

func TestBadValuesInAQueryOfRunsAreRefusedByName(t *testing.T) {
	for raw, want := range map[string]string{
		"count=0":                               "count cannot be",
		"after=" + taskID:                       "after cannot be",
		"After=":                                "After cannot be empty",
		"after=2026-06-04T12:00:00Z%23" + runID: "after cannot be",
		"validateOnly=true":                     "validateOnly cannot be",
	} {
		r := &runner{}
		w := r.send(http.MethodGet, "/api/v1/admin/tasks/account/42/runs", from(reader), query(raw))
		if got := w.Body.String(); w.Code != http.StatusBadRequest || !strings.Contains(got, want) || !strings.Contains(got, "id cannot be") || len(r.counts) > 0 {
			t.Errorf("%s: got %d %s, want a refusal that names it and the id", raw, w.Code, got)
		}
	}
}

// TestTheLinkOfRunsKeepsWhatStandsBeforeThePath also checks that the link leads back to the position that it names.
func TestTheLinkOfRunsKeepsWhatStandsBeforeThePath(t *testing.T) {
	next := run.Position{Due: noon.Add(100 * time.Nanosecond), RunID: uuid.MustParse(runID)}
	for uri, before := range map[string]string{
		runsPath: "", "/prod" + runsPath: "/prod", "/a/b" + strings.ToUpper(runsPath) + "/?x=y": "/a/b", "/somewhere/else": "", "": "",
		"/" + runsPath: "", "//prod/" + runsPath + "//": "/prod",
	} {
		r := &runner{page: run.Page{More: true, Next: next}}
		w := r.send(http.MethodGet, runsPath, from(reader), query("count=7"), func(q *http.Request) { q.RequestURI = uri })
		want := "<" + before + runsPath + "?after=2026-06-04T12%3A00%3A00.0000001%2B00%3A00%2C" + runID + `&count=7>; rel="next"`
		if got := w.Header().Get("Link"); got != want {
			t.Errorf("%q: got Link %q, want %q", uri, got, want)
		}
	}
	r := &runner{page: run.Page{More: true, Next: next}}
	link := r.send(http.MethodGet, runsPath, from(reader)).Header().Get("Link")
	r.send(http.MethodGet, link[1:strings.Index(link, ">")], from(reader))
	if len(r.afters) != 2 || r.afters[1] != next {
		t.Errorf("the link leads to %v, want %v", r.afters, next)
	}
}

func TestRunsOfNoTaskAreNotFound(t *testing.T) {
	r := &runner{err: &task.Error{Code: task.CodeTaskNotFound, Reason: "There is no such task."}}
	w := r.send(http.MethodGet, runsPath, from(reader), header("Accept", "application/xml"))
	if w.Code != http.StatusNotFound || !strings.HasPrefix(w.Body.String(), "<ResponseOfListOfAccountTaskRunResponse ") {
		t.Errorf("got %d %s, want a 404 with the root of a list of runs", w.Code, w.Body)
	}
}

func TestRunsNeedTheScopeOfReading(t *testing.T) {
	w := (&runner{}).send(http.MethodGet, runsPath, from(task.NewCaller("a", "u", "c", task.ScopeWrite)))
	if w.Code != http.StatusForbidden {
		t.Errorf("got %d, want 403", w.Code)
	}
}
