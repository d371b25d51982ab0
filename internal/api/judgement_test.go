package api_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"

	"accounttasks/internal/task"
)

// faults are errors in a request, in the order in which they are checked.
var faults = []struct {
	name   string
	code   task.Code
	status int
	do     func(*http.Request)
}{
	{"route", task.CodeRouteNotFound, 404, func(r *http.Request) { r.URL.Path = "/api/v1/admin" }},
	{"method", task.CodeMethodNotAllowed, 405, func(r *http.Request) { r.Method = http.MethodPatch }},
	{"identity", task.CodeUnauthorized, 401, from()},
	{"scope", task.CodeForbidden, 403, from(task.NewCaller("demo-account", "demo.user", "demo", "tasks/read"))},
	{"size", task.CodePayloadTooLarge, 413, withBody(strings.Repeat(" ", 2<<20+1))},
	{"emptiness", task.CodeMalformedBody, 400, withBody(" ")},
	{"media type", task.CodeUnsupportedMediaType, 415, header("Content-Type", "text/plain")},
	{"well-formedness", task.CodeMalformedBody, 400, withBody(`{"TaskID":5`)},
	{"fields", task.CodeInvalidRequest, 400, withBody(`{"TaskID":5}`)},
}

func withBody(body string) func(*http.Request) {
	return func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(body)) }
}

// TestOrderOfChecks combines every two faults. The answer must name the one that is checked first.
func TestOrderOfChecks(t *testing.T) {
	for i, first := range faults {
		for _, second := range faults[i:] {
			w := newService().send(request(second.do, first.do))
			if got := code(t, w); w.Code != first.status || got != first.code {
				t.Errorf("%s and %s: got %d %s, want %d %s", first.name, second.name, w.Code, got, first.status, first.code)
			}
		}
	}
}

func TestOnlyAReadableUpdateReachesTheUpdater(t *testing.T) {
	for _, fault := range faults {
		s := newService()
		s.send(request(fault.do))
		want := 0
		if fault.name == "fields" {
			want = 1
		}
		if got := len(s.updater.drafts); got != want {
			t.Errorf("%s: %d updates reached the updater, want %d", fault.name, got, want)
		}
	}
}

func TestFieldsPathAndHeadersAreJudgedTogether(t *testing.T) {
	w := newService().send(requestTo(http.MethodPut, "/api/v1/admin/tasks/account/bogus", `{"TaskID":5,"Notification":9}`,
		header("If-Match", "rubbish"), header("Idempotency-Key", "two words")))
	got := read(t, w).Error.ErrorReason
	for _, field := range []string{"id cannot be", "TaskID cannot be", "Notification cannot be", "If-Match cannot be", "Idempotency-Key cannot be"} {
		_, after, found := strings.Cut(got, field)
		if !found {
			t.Errorf("%q is missing or out of order: what is left is %q", field, got)
			continue
		}
		got = after
	}
}

func TestBodyMayHave2MiB(t *testing.T) {
	exact := body + strings.Repeat(" ", 2<<20-len(body))
	if w := newService().send(request(withBody(exact))); w.Code != http.StatusOK {
		t.Errorf("got %d for 2 MiB, want 200", w.Code)
	}
	if w := newService().send(request(withBody(exact + " "))); w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d for one byte more, want 413", w.Code)
	}
}

func TestBodyThatBreaksOff(t *testing.T) {
	for _, test := range []struct {
		name string
		err  error
		want task.Code
	}{
		{"for another reason", errors.New("secret"), task.CodeMalformedBody},
		{"with a refusal", &task.Error{Code: task.CodeInvalidRequest, Reason: "No."}, task.CodeInvalidRequest},
	} {
		w := newService().send(request(func(r *http.Request) { r.Body = io.NopCloser(iotest.ErrReader(test.err)) }))
		if got := code(t, w); got != test.want || strings.Contains(w.Body.String(), "secret") {
			t.Errorf("%s: got %s, want %s", test.name, w.Body, test.want)
		}
	}
}
