package api_test

import (
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/task"
)

// operation is one of the contract's operations, with a valid request.
type operation struct {
	name, method, path, body string
	scope                    string
	calls                    string // the method of the domain
	root                     string // the XML root of its answers
	validates                bool   // whether it takes validateOnly
	guarded                  bool   // whether it takes If-Match and If-None-Match
}

var operations = []operation{
	{"RegisterTask", "POST", "/api/v2/admin/tasks/account", body, task.ScopeWrite, "Register", "ResponseOfAccountTaskResponse", true, false},
	{"ReadTask", "GET", taskPath, "", task.ScopeRead, "Read", "ResponseOfAccountTaskResponse", false, false},
	{"ListTasks", "GET", "/api/v1/admin/tasks/account", "", task.ScopeRead, "List", "ResponseOfListOfAccountTaskResponse", false, false},
	{"UpdateTask", "PUT", taskPath, body, task.ScopeWrite, "Update", "ResponseOfAccountTaskResponse", true, true},
	{"DeleteTask", "DELETE", taskPath, "", task.ScopeWrite, "Delete", "ResponseOfAccountTaskResponse", false, true},
	{"ListCatalogue", "GET", "/api/v1/admin/tasks", "", task.ScopeRead, "ListCatalogue", "ResponseOfListOfTaskResponse", false, false},
}

// request is the operation's request from a caller with only the scope that it needs, changed by the functions.
func (o operation) request(changes ...func(*http.Request)) *http.Request {
	caller := from(task.NewCaller("demo-account", "demo.user", "demo", o.scope))
	return requestTo(o.method, o.path, o.body, append([]func(*http.Request){caller}, changes...)...)
}

func query(raw string) func(*http.Request) { return func(r *http.Request) { r.URL.RawQuery = raw } }

// eachOperation runs a test for every operation.
func eachOperation(t *testing.T, test func(*testing.T, operation)) {
	for _, o := range operations {
		t.Run(o.name, func(t *testing.T) { test(t, o) })
	}
}

func TestEveryOperationCallsTheDomainOnce(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		s := newService()
		w := s.send(o.request())
		if w.Code != http.StatusOK || strings.Join(s.updater.called, ",") != o.calls {
			t.Errorf("got %d %s and calls of %v, want 200 and one of %s", w.Code, w.Body, s.updater.called, o.calls)
		}
		if got := s.updater.caller.AccountID(); got != "demo-account" && o.calls != "ListCatalogue" {
			t.Errorf("got the account %q, want the caller's", got)
		}
		if got := s.record(t)["operation"]; got != o.name {
			t.Errorf("got the operation %v in the record, want %s", got, o.name)
		}
	})
}

func TestEveryOperationNeedsItsScope(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		for _, scope := range []string{task.ScopeRead, task.ScopeWrite, task.ScopeWriteClients} {
			want := http.StatusForbidden
			if scope == o.scope {
				want = http.StatusOK
			}
			s := newService()
			w := s.send(o.request(from(task.NewCaller("demo-account", "demo.user", "demo", scope))))
			if w.Code != want || want == http.StatusForbidden && len(s.updater.called) > 0 {
				t.Errorf("%s: got %d and calls of %v, want %d", scope, w.Code, s.updater.called, want)
			}
		}
		if w := newService().send(o.request(from())); w.Code != http.StatusUnauthorized {
			t.Errorf("nobody: got %d, want 401", w.Code)
		}
	})
}

// TestEveryAnswerOfAnOperationHasItsRoot checks a success, a failure in the domain and a refusal of every operation.
func TestEveryAnswerOfAnOperationHasItsRoot(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		for name, r := range map[string]*http.Request{"success": o.request(), "nobody": o.request(from()), "failure": o.request()} {
			s := newService()
			if name == "failure" {
				s.updater.err = &task.Error{Code: task.CodeUnavailable}
			}
			header("Accept", "application/xml")(r)
			w := s.send(r)
			if got := w.Body.String(); !strings.HasPrefix(got, "<"+o.root+" ") || !strings.HasSuffix(got, "</"+o.root+">") {
				t.Errorf("%s: got %s, want the root %s", name, got, o.root)
			}
			if got := w.Header().Get("Cache-Control"); got != "no-store" {
				t.Errorf("%s: got Cache-Control %q, want no-store", name, got)
			}
		}
	})
}

func TestEveryPathIsTakenInAnyCaseAndWithAnySlashes(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		for _, path := range []string{strings.ToUpper(o.path), o.path + "/", o.path + "//", strings.ReplaceAll(o.path, "/", "//"), strings.Replace(o.path, "tasks", "%54asks", 1)} {
			if w := newService().send(o.request(func(r *http.Request) { r.URL = parse(path) })); w.Code != http.StatusOK {
				t.Errorf("%s: got %d, want 200", path, w.Code)
			}
		}
	})
}

// TestOnlyAnswersThatShowOneTaskHaveAnETag lets the domain answer with a task at a revision.
func TestOnlyAnswersThatShowOneTaskHaveAnETag(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		want := `"4-bmV3"`
		if strings.Contains(o.root, "ListOf") {
			want = ""
		}
		if got := newService().send(o.request()).Header().Get("ETag"); got != want {
			t.Errorf("got ETag %q, want %q", got, want)
		}
	})
}

func TestOperationsWithoutABodyIgnoreOne(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		if o.body != "" {
			return
		}
		for _, sent := range []string{"{", strings.Repeat(" ", 3<<20)} {
			if w := newService().send(o.request(withBody(sent), header("Content-Type", "text/plain"), header("Content-Encoding", "gzip"))); w.Code != http.StatusOK {
				t.Errorf("got %d and %s, want 200", w.Code, w.Body)
			}
		}
	})
}

func TestHeadIsGetWithoutABody(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		for _, method := range []string{"HEAD", "head"} {
			s := newService()
			s.updater.page = task.Page{More: true, Next: stored.ID}
			got := s.send(o.request(func(r *http.Request) { r.Method = method }))
			want := http.StatusMethodNotAllowed
			if o.method == http.MethodGet || o.path == taskPath {
				want = http.StatusOK
			}
			if o.scope == task.ScopeWrite && want == http.StatusOK {
				want = http.StatusForbidden // the path's GET needs another scope
			}
			if got.Code != want || got.Body.Len() > 0 {
				t.Errorf("%s: got %d and the body %s, want %d and none", method, got.Code, got.Body, want)
			}
			if want != http.StatusOK {
				continue
			}
			same := s.send(o.request())
			for name := range same.Header() {
				if got.Header().Get(name) != same.Header().Get(name) {
					t.Errorf("%s: got %s %q, want GET's %q", method, name, got.Header().Get(name), same.Header().Get(name))
				}
			}
		}
	})
}

// TestPreconditionsOfARegistrationAndARunAreIgnored also covers the addition of a client (contract section 5.22).
func TestPreconditionsOfARegistrationAndARunAreIgnored(t *testing.T) {
	for _, name := range []string{"If-Match", "If-None-Match"} {
		for _, value := range []string{"*", `"3-Zm9v"`, `W/"xyzzy"`, "rubbish"} {
			s := newService()
			if w := s.send(operations[0].request(header(name, value))); w.Code != http.StatusOK || len(s.updater.drafts) != 1 {
				t.Errorf("a registration with %s: %s: got %d and %s, want 200", name, value, w.Code, w.Body)
			}
			r := &runner{}
			if w := r.send(http.MethodPost, runPath+"?id="+taskID, header(name, value)); w.Code != http.StatusOK || len(r.runs) != 1 {
				t.Errorf("a run with %s: %s: got %d and %s, want 200", name, value, w.Code, w.Body)
			}
			if w := (&tokenService{}).send(clientRequest(header(name, value))); w.Code != http.StatusOK {
				t.Errorf("a new client with %s: %s: got %d and %s, want 200", name, value, w.Code, w.Body)
			}
		}
	}
}

func TestPreconditionsOfAReadAreNotLookedAt(t *testing.T) {
	eachOperation(t, func(t *testing.T, o operation) {
		for _, name := range []string{"If-Match", "If-None-Match"} {
			want := http.StatusOK
			if o.guarded {
				want = http.StatusBadRequest
			}
			if w := newService().send(o.request(header(name, "rubbish"))); w.Code != want {
				t.Errorf("%s: got %d, want %d", name, w.Code, want)
			}
		}
	})
}
