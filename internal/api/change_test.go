package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// TestLocationAndLinkKeepWhatStandsBeforeThePath uses an address with a stage's name or a base path.
func TestLocationAndLinkKeepWhatStandsBeforeThePath(t *testing.T) {
	for uri, want := range map[string]string{
		"/api/v2/admin/tasks/account":                   "",
		"/API/V2/admin/tasks/account/?x=y":              "",
		"/prod/api/v2/admin/tasks/account?x=y":          "/prod",
		"/a/b/api/v2/Admin/tasks/account":               "/a/b",
		"/a b\r\n/api/v2/admin/tasks/account":           "/a%20b%0D%0A",
		"http://example.com/api/v2/admin/tasks/account": "",
		"//api/v2/admin/tasks/account":                  "",
		"///api//v2/admin/tasks//account//":             "",
		"//prod//api/v2/admin//tasks/account":           "/prod",
		"/somewhere/else":                               "",
		"/":                                             "",
		"":                                              "",
	} {
		s := newService()
		s.updater.page = task.Page{More: true, Next: stored.ID}
		registered := s.send(operations[0].request(func(r *http.Request) { r.RequestURI = uri }))
		if got := registered.Header().Get("Location"); got != want+"/api/v1/admin/tasks/account/"+taskID {
			t.Errorf("%q: got Location %q, want the task after %q", uri, got, want)
		}
		listed := s.send(requestTo("GET", "/api/v1/admin/tasks/account", "", from(reader), query("summary=True&COUNT=7&x=y"),
			func(r *http.Request) {
				r.RequestURI = strings.Replace(strings.Replace(uri, "v2", "v1", 1), "V2", "V1", 1)
			}))
		link := "<" + want + "/api/v1/admin/tasks/account?after=" + taskID + `&count=7&summary=true>; rel="next"`
		if got := listed.Header().Get("Link"); got != link {
			t.Errorf("%q: got Link %q, want %q", uri, got, link)
		}
	}
}

func TestLastPageHasNoLink(t *testing.T) {
	s := newService()
	s.updater.page = task.Page{Tasks: []task.Task{stored}}
	w := s.send(list(""))
	if _, sent := w.Header()["Link"]; sent || !strings.Contains(w.Body.String(), `"Detail":[{"ID":"`+taskID) {
		t.Errorf("got %v and %s, want the task and no Link", w.Header(), w.Body)
	}
}

func TestEmptyPageMayHaveALink(t *testing.T) {
	s := newService()
	s.updater.page = task.Page{More: true, Next: stored.ID}
	if w := s.send(list("")); w.Header().Get("Link") == "" || !strings.Contains(w.Body.String(), `"Detail":[]`) {
		t.Errorf("got %v and %s, want an empty list and a Link", w.Header(), w.Body)
	}
}

func TestSummaryHasNoParameters(t *testing.T) {
	s := newService()
	shown := stored
	shown.Parameters = "secret"
	s.updater.page = task.Page{Tasks: []task.Task{shown}}
	if w := s.send(list("summary=true")); strings.Contains(w.Body.String(), "secret") || !strings.Contains(w.Body.String(), `"Parameters":null`) {
		t.Errorf("got %s, want no Parameters", w.Body)
	}
}

func TestWhatADeleteAsksFor(t *testing.T) {
	s := newService()
	s.updater.result.Replayed = true
	w := s.send(requestTo("DELETE", taskPath, "", header("If-Match", `"3-a"`), header("If-None-Match", `"5-b"`), header("Idempotency-Key", "key,key")))
	d := s.updater.deletions[0]
	if d.ID != stored.ID || d.IdempotencyKey != "key" || len(d.IfMatch) != 1 || d.IfMatch[0].Version != 3 || len(d.NotAt) != 1 || d.NotAt[0].Version != 5 {
		t.Errorf("got the request %+v", d)
	}
	if got := w.Header().Get("Idempotency-Replayed"); got != "true" {
		t.Errorf("got Idempotency-Replayed %q, want true", got)
	}
	if s.record(t)["task"] != taskID {
		t.Errorf("got the record %s, want the task in it", &s.log)
	}
}

func TestWhatARegistrationAsksFor(t *testing.T) {
	s := newService()
	w := s.send(operations[0].request(header("Idempotency-Key", "key"), header("If-Match", `"3-a"`)))
	d := s.updater.drafts[0]
	if d.ID != uuid.Nil || d.IdempotencyKey != "key" || len(d.IfMatch) > 0 || d.Parameters != `{"secret":1}` {
		t.Errorf("got the request %+v", d)
	}
	if w.Header().Get("Idempotency-Replayed") != "" || s.record(t)["task"] != taskID {
		t.Errorf("got %v and the record %s, want the registered task in it", w.Header(), &s.log)
	}
}

func TestStaleDeleteShowsTheCurrentTask(t *testing.T) {
	s := newService()
	s.updater.err = &task.Error{Code: task.CodePreconditionFailed, Current: &stored}
	w := s.send(requestTo("DELETE", taskPath, "", header("If-Match", `"3-a"`)))
	if e := read(t, w); w.Code != http.StatusPreconditionFailed || e.ResponseData.Detail.ID != taskID || w.Header().Get("ETag") != `"4-bmV3"` {
		t.Errorf("got %d, %v and %s, want 412 with the task and its ETag", w.Code, w.Header(), w.Body)
	}
}
