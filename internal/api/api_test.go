package api_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

const (
	taskID   = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	taskPath = "/api/v1/admin/tasks/account/" + taskID
	body     = `{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":2,"Parameters":"{\"secret\":1}","ContentType":"application/json"}`
)

var (
	noon   = time.Date(2026, time.June, 4, 12, 0, 0, 0, time.UTC)
	caller = task.NewCaller("demo-account", "demo.user", "demo", task.ScopeWrite)
	reader = task.NewCaller("demo-account", "demo.user", "demo", task.ScopeRead)
	stored = task.Task{ID: uuid.MustParse(taskID), Name: "Send scheduled report", Revision: task.Revision{Version: 4, Token: "bmV3"}}
)

func now() time.Time { return noon }

// service is the service on an updater, with its log and its metrics.
type service struct {
	callers      api.Authenticator
	updater      updater
	log, metrics bytes.Buffer
}

func newService() *service {
	return &service{callers: clienttest.Named{}, updater: updater{result: task.Result{Task: stored}}}
}

func (s *service) send(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.api().ServeHTTP(w, r)
	return w
}

// api is the service in a process that has not answered a request yet.
func (s *service) api() *api.API {
	getenv := func(string) string { return "the-function" }
	recorder := telemetry.NewRecorder(slog.New(slog.NewJSONHandler(&s.log, nil)), telemetry.NewMetrics(getenv, now, &s.metrics))
	return api.New(s.callers, &s.updater, now, recorder)
}

// request is a valid update, changed by the functions.
func request(changes ...func(*http.Request)) *http.Request {
	return requestTo(http.MethodPut, taskPath, body, changes...)
}

func requestTo(method, path, body string, changes ...func(*http.Request)) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	from(caller)(r)
	for _, change := range changes {
		change(r)
	}
	return r
}

// from replaces the caller. Without an argument the request has no caller.
func from(callers ...task.Caller) func(*http.Request) {
	return func(r *http.Request) {
		r.Header.Del("Authorization")
		for _, c := range callers {
			r.Header.Add("Authorization", "Bearer "+clienttest.Token(c))
		}
	}
}

func header(name string, lines ...string) func(*http.Request) {
	return func(r *http.Request) { r.Header[http.CanonicalHeaderKey(name)] = lines }
}

// envelope is an answer as a caller decodes it.
type envelope struct {
	Error        *struct{ ErrorCode, ErrorReason string }
	ResponseData struct {
		Identification *struct{ UserID string }
		Result         string
		Detail         *struct{ ID, Name string }
	}
}

func read(t *testing.T, w *httptest.ResponseRecorder) envelope {
	t.Helper()
	var e envelope
	if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil {
		t.Fatalf("the answer is not an envelope: %v: %s", err, w.Body)
	}
	return e
}

// code is the error code of an answer; empty for a success.
func code(t *testing.T, w *httptest.ResponseRecorder) task.Code {
	t.Helper()
	if e := read(t, w); e.Error != nil {
		return task.Code(e.Error.ErrorCode)
	}
	return ""
}

func TestSuccessfulUpdate(t *testing.T) {
	s := newService()
	w := s.send(request())
	e := read(t, w)
	if w.Code != http.StatusOK || e.Error != nil || e.ResponseData.Result != "Success" || e.ResponseData.Detail.Name != stored.Name {
		t.Errorf("got %d and %s, want 200 and the task", w.Code, w.Body)
	}
	if got := e.ResponseData.Identification.UserID; got != "demo.user" {
		t.Errorf("got the user %q, want demo.user", got)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store", "ETag": `"4-bmV3"`, "Idempotency-Replayed": "", "Retry-After": "", "Allow": "",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("got %s %q, want %q", name, got, want)
		}
	}
	d := s.updater.drafts[0]
	if s.updater.caller.AccountID() != "demo-account" || d.ID != stored.ID || d.Parameters != `{"secret":1}` {
		t.Errorf("the updater got %+v of %+v, want the request's update of the caller's task", d, s.updater.caller)
	}
}

// TestOnlyACallersRepeatIsMarked makes the table report an update as applied before. Without a key this was a repeated
// attempt of the service itself, so the answer is that of an update.
func TestOnlyACallersRepeatIsMarked(t *testing.T) {
	for key, want := range map[string]struct{ header, metric string }{"key": {"true", `"Repeats":1`}, "": {"", `"Updates":1`}} {
		s := newService()
		s.updater.result.Replayed = true
		r := request()
		if key != "" {
			header("Idempotency-Key", key)(r)
		}
		if got := s.send(r).Header().Get("Idempotency-Replayed"); got != want.header {
			t.Errorf("key %q: got Idempotency-Replayed %q, want %q", key, got, want.header)
		}
		if got := s.record(t)["replayed"]; got != (want.header == "true") {
			t.Errorf("key %q: got the record's replayed %v", key, got)
		}
		if got := s.metrics.String(); !strings.Contains(got, want.metric) {
			t.Errorf("key %q: got the metrics %s, want %s", key, got, want.metric)
		}
	}
}

func TestAnswerIsInTheFormatAskedFor(t *testing.T) {
	for accept, want := range map[string]string{"text/xml": "text/xml; charset=utf-8", "text/json": "text/json; charset=utf-8", "image/png": "application/json; charset=utf-8"} {
		for name, change := range map[string]func(*http.Request){"success": func(*http.Request) {}, "failure": from()} {
			w := newService().send(request(change, header("Accept", accept)))
			if got := w.Header().Get("Content-Type"); got != want || strings.HasPrefix(w.Body.String(), "<") != strings.Contains(want, "xml") {
				t.Errorf("%s, %s: got %s and %s, want %s", accept, name, got, w.Body, want)
			}
		}
	}
}

func TestFailOutsideOfTheHandlersIsAnEnvelope(t *testing.T) {
	w := httptest.NewRecorder()
	newService().api().Fail(w, request(), errors.New("secret cause"))
	if got := code(t, w); w.Code != http.StatusInternalServerError || got != task.CodeInternalError || strings.Contains(w.Body.String(), "secret") {
		t.Errorf("got %d and %s, want 500, %s and no cause", w.Code, w.Body, task.CodeInternalError)
	}
}
