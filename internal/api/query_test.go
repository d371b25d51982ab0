package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// list is a request for a list with a query.
func list(raw string) *http.Request {
	return requestTo("GET", "/api/v1/admin/tasks/account", "", from(reader), query(raw))
}

func TestQueryOfAList(t *testing.T) {
	id := uuid.MustParse(taskID)
	for raw, want := range map[string]task.Listing{
		"":                                       {Count: 20},
		"count=1":                                {Count: 1},
		"count=100&summary=true":                 {Count: 100, Summary: true},
		"COUNT=7&After=" + taskID:                {Count: 7, After: id},
		"count=7&count=x&Count=0":                {Count: 7},
		"cOuNt=%37&summary=False":                {Count: 7},
		"count=+7+&summary=TRUE":                 {Count: 7, Summary: true},
		"after=%7B" + taskID + "%7D":             {Count: 20, After: id},
		"after=a23b4ff95d7e4603b9376e1f724316b9": {Count: 20, After: id},
		"after=" + uuid.Nil.String():             {Count: 20},
		"unknown=x&id=y&&=&count":                {},
		"unknown=x&id=y&&=&counts=0":             {Count: 20},
		"c%6Funt=3":                              {Count: 3},
	} {
		s := newService()
		w := s.send(list(raw))
		if want == (task.Listing{}) {
			if w.Code != http.StatusBadRequest {
				t.Errorf("%s: got %d, want 400", raw, w.Code)
			}
			continue
		}
		if w.Code != http.StatusOK || s.updater.listings[0] != want {
			t.Errorf("%s: got %d and %+v, want %+v", raw, w.Code, s.updater.listings, want)
		}
	}
}

func TestBadValuesInAQueryAreRefusedByName(t *testing.T) {
	for _, raw := range []string{
		"count=0", "count=101", "count=-1", "count=x", "count=1.0", "count=1e1", "count=0x1", "count=", "count", "count=99999999999999999999", "count=%zz",
		"count=1,2", "Count=%D9%A3", "after=x", "after=", "after=%7B" + taskID, "after=" + taskID + "x", "summary=1", "summary=yes", "summary=", "summary=fal%C5%BFe",
	} {
		s := newService()
		name, _, _ := strings.Cut(raw, "=")
		w := s.send(list(raw))
		if got := code(t, w); w.Code != http.StatusBadRequest || got != task.CodeInvalidRequest || len(s.updater.called) > 0 {
			t.Errorf("%s: got %d %s and calls of %v, want a refusal", raw, w.Code, got, s.updater.called)
			continue
		}
		if reason := read(t, w).Error.ErrorReason; !strings.HasPrefix(reason, name+" cannot be ") {
			t.Errorf("%s: got the reason %q, want one that names the parameter", raw, reason)
		}
	}
}

// TestValidateOnly sends the parameter to every operation. It must validate the change or be refused.
func TestValidateOnly(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		for value, tried := range map[string]bool{"true": true, "TRUE": true, "false": false} {
			s := newService()
			s.updater.result.Replayed = true
			w := s.send(o.request(query("ValidateOnly="+value), header("Idempotency-Key", "key")))
			called := strings.Join(s.updater.called, ",")
			switch {
			case !o.validates:
				if w.Code != http.StatusBadRequest || called != "" || !strings.Contains(w.Body.String(), "ValidateOnly cannot be") {
					t.Errorf("%s: got %d %s and calls of %q, want a refusal", value, w.Code, w.Body, called)
				}
			case tried:
				if w.Code != http.StatusOK || called != "ValidateUpdate" && called != "ValidateRegistration" {
					t.Errorf("%s: got %d and calls of %q, want a trial", value, w.Code, called)
				}
				for _, name := range []string{"ETag", "Location", "Idempotency-Replayed"} {
					if got := w.Header().Get(name); got != "" {
						t.Errorf("%s: got %s %q, want none", value, name, got)
					}
				}
				if got := s.metrics.String(); strings.Contains(got, "Updates") || strings.Contains(got, "Repeats") {
					t.Errorf("%s: got the metrics %s, want no change", value, got)
				}
			case called != o.calls:
				t.Errorf("%s: got calls of %q, want the change", value, called)
			}
		}
		for _, value := range []string{"", "1", "yes", "truе"} {
			s := newService()
			if w := s.send(o.request(query("validateOnly=" + value))); w.Code != http.StatusBadRequest || len(s.updater.called) > 0 && len(s.updater.drafts[0].Problems) == 0 {
				t.Errorf("%q: got %d and calls of %v, want a refusal", value, w.Code, s.updater.called)
			}
		}
	})
}

// TestQueryIsJudgedBeforeTheBodyAndWithTheFields checks the order of errors: a bad parameter is reported before a body
// that cannot be read, and together with bad fields of a readable body.
func TestQueryIsJudgedBeforeTheBodyAndWithTheFields(t *testing.T) {
	const bad = `validateOnly cannot be "x"`
	for name, change := range map[string]func(*http.Request){
		"size": withBody(strings.Repeat(" ", 2<<20+1)), "emptiness": withBody(""), "media type": header("Content-Type", "text/plain"), "well-formedness": withBody("{"),
	} {
		e := read(t, newService().send(request(change, query("validateOnly=x"))))
		if e.Error.ErrorCode != "InvalidRequest" || !strings.HasPrefix(e.Error.ErrorReason, bad) || strings.Contains(e.Error.ErrorReason, ". ") {
			t.Errorf("%s: got %+v, want the query's problem alone", name, *e.Error)
		}
	}
	e := read(t, newService().send(requestTo("PUT", "/api/v1/admin/tasks/account/bogus", `{"TaskID":5}`, query("validateOnly=x"), header("If-Match", "x"))))
	for _, part := range []string{bad, ". id cannot be", "TaskID cannot be", "If-Match cannot be"} {
		if !strings.Contains(e.Error.ErrorReason, part) {
			t.Errorf("got %q, want it to contain %q", e.Error.ErrorReason, part)
		}
	}
	e = read(t, newService().send(requestTo("DELETE", "/api/v1/admin/tasks/account/bogus", "", query("validateOnly=true"), header("Idempotency-Key", "a b"))))
	rest := e.Error.ErrorReason
	for _, part := range []string{`validateOnly cannot be "true"`, `. id cannot be "bogus"`, `. Idempotency-Key cannot be "a b"`} {
		_, after, found := strings.Cut(rest, part)
		if !found {
			t.Errorf("got %q, want %q in it in its place", e.Error.ErrorReason, part)
		}
		rest = after
	}
}
