package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

const (
	runPath      = "/api/v1/admin/tasks/account/run"
	schedulePath = taskPath + "/schedule"
)

// runner is an api.Runs that keeps its requests.
type runner struct {
	err        error
	unfinished error
	runs       []string // id and key
	counts     []int
	page       run.Page
	afters     []run.Position
}

func (r *runner) List(_ context.Context, _ task.Caller, _ uuid.UUID, after run.Position, count int) (run.Page, error) {
	r.afters, r.counts = append(r.afters, after), append(r.counts, count)
	return r.page, r.err
}

func (r *runner) Run(_ context.Context, _ task.Caller, id uuid.UUID, key string) (run.Ordered, error) {
	again := strings.TrimSpace(id.String() + " " + key)
	replayed := len(r.runs) > 0 && key != "" && r.runs[0] == again
	r.runs = append(r.runs, again)
	return run.Ordered{Replayed: replayed, Unfinished: r.unfinished}, r.err
}

func (r *runner) Upcoming(_ context.Context, _ task.Caller, _ uuid.UUID, count int) ([]time.Time, error) {
	r.counts = append(r.counts, count)
	return []time.Time{noon, noon.Add(time.Hour)}, r.err
}

func (r *runner) send(method, path string, changes ...func(*http.Request)) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	api.New(clienttest.Named{}, &updater{}, now, telemetry.Discard()).WithRuns(r).ServeHTTP(w, requestTo(method, path, "", changes...))
	return w
}

func TestARunIsAnsweredWithAnEmptyDetail(t *testing.T) {
	for format, want := range map[string]string{
		"application/json": `{"Error":null,"ResponseData":{"Identification":{"UserId":"demo.user"},"Result":"Success","Detail":{}}}`,
		"application/xml":  `<Detail /></ResponseData></ResponseOfObject>`,
	} {
		r := &runner{}
		w := r.send(http.MethodPost, runPath+"?ID="+strings.ToUpper(taskID), header("Accept", format))
		if w.Code != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(w.Body.String()), want) || w.Header().Get("ETag") != "" {
			t.Errorf("%s: got %d %s, ETag %q, want 200 %s and no ETag", format, w.Code, w.Body, w.Header().Get("ETag"), want)
		}
		if len(r.runs) != 1 || r.runs[0] != taskID {
			t.Errorf("%s: got the runs %q, want one of %s", format, r.runs, taskID)
		}
	}
}

func TestARepeatedRunIsToldToBeOne(t *testing.T) {
	r := &runner{}
	for n, want := range []string{"", "true"} {
		w := r.send(http.MethodPost, runPath+"?id="+taskID, header("Idempotency-Key", "k"))
		if got := w.Header().Get("Idempotency-Replayed"); w.Code != http.StatusOK || got != want {
			t.Errorf("call %d: got %d, Idempotency-Replayed %q, want %q", n, w.Code, got, want)
		}
	}
}

func TestARunNeedsTheIDOfATask(t *testing.T) {
	for query, want := range map[string]string{
		"":                                "id is required",
		"?task=" + taskID:                 "id is required",
		"?id=":                            `id cannot be empty`,
		"?iD=x":                           `iD cannot be "x"`,
		"?id=x&id=" + taskID:              `id cannot be "x"`,
		"?id=" + taskID + "&validateOnly": "validateOnly",
		"?validateOnly=true":              "id is required",
	} {
		r := &runner{}
		w := r.send(http.MethodPost, runPath+query)
		if w.Code != http.StatusBadRequest || !strings.Contains(strings.ReplaceAll(w.Body.String(), `\"`, `"`), want) || len(r.runs) > 0 {
			t.Errorf("%q: got %d %s and %d runs, want a 400 that says %s", query, w.Code, w.Body, len(r.runs), want)
		}
	}
}

// The all-zero GUID was sent, and is that of no task.
func TestTheZeroGUIDIsAnID(t *testing.T) {
	r := &runner{err: &task.Error{Code: task.CodeTaskNotFound}}
	if w := r.send(http.MethodPost, runPath+"?id="+uuid.Nil.String()); w.Code != http.StatusNotFound {
		t.Errorf("got %d %s, want a 404", w.Code, w.Body)
	}
}

func TestABadKeyIsNamedBesideTheID(t *testing.T) {
	w := (&runner{}).send(http.MethodPost, runPath+"?id=x", header("Idempotency-Key", "a,b"))
	if got := w.Body.String(); w.Code != http.StatusBadRequest || !strings.Contains(got, "id cannot be") || !strings.Contains(got, "Idempotency-Key") {
		t.Errorf("got %d %s, want a 400 that names both", w.Code, got)
	}
}

func TestOtherMethodsTakeRunForAnID(t *testing.T) {
	w := (&runner{}).send(http.MethodPut, runPath+"?id="+taskID)
	if w.Code != http.StatusBadRequest {
		t.Errorf("PUT: got %d, want the 400 of a bad id", w.Code)
	}
}

func TestTheScheduleIsAListOfDates(t *testing.T) {
	for format, want := range map[string]string{
		"application/json": `"Detail":["2026-06-04T12:00:00+00:00","2026-06-04T13:00:00+00:00"]}}`,
		"application/xml":  `<Detail><dateTime>2026-06-04T12:00:00+00:00</dateTime><dateTime>2026-06-04T13:00:00+00:00</dateTime></Detail></ResponseData></ResponseOfListOfDateTime>`,
	} {
		r := &runner{}
		w := r.send(http.MethodGet, schedulePath+"?count=7", header("Accept", format), from(task.NewCaller("a", "u", "c", task.ScopeRead)))
		if w.Code != http.StatusOK || !strings.HasSuffix(strings.TrimSpace(w.Body.String()), want) || len(r.counts) != 1 || r.counts[0] != 7 {
			t.Errorf("%s: got %d %s for the counts %v, want 200 %s for 7", format, w.Code, w.Body, r.counts, want)
		}
	}
	for _, count := range []string{"0", "101", "x"} {
		r := &runner{}
		w := r.send(http.MethodGet, schedulePath+"?count="+count, from(task.NewCaller("a", "u", "c", task.ScopeRead)))
		if w.Code != http.StatusBadRequest || !strings.Contains(w.Body.String(), "count cannot be") || len(r.counts) > 0 {
			t.Errorf("count %s: got %d %s, want a 400 that names it", count, w.Code, w.Body)
		}
	}
}

func TestARunThatIsNotFinishedIsLogged(t *testing.T) {
	for name, unfinished := range map[string]error{"finished": nil, "unfinished": errors.New("the bus is full")} {
		s := newService()
		w := httptest.NewRecorder()
		s.api().WithRuns(&runner{unfinished: unfinished}).ServeHTTP(w, requestTo(http.MethodPost, runPath+"?id="+taskID, ""))
		logged := s.record(t)["unfinished"]
		if w.Code != http.StatusOK || (logged == "the bus is full") != (unfinished != nil) {
			t.Errorf("%s: got %d and the cause %v in the log", name, w.Code, logged)
		}
	}
}
