package api_test

import (
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/task"
)

// record returns the one record of a request.
func (s *service) record(t *testing.T) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSuffix(s.log.String(), "\n"), "\n")
	if len(lines) != 1 {
		t.Fatalf("got %d records, want one: %q", len(lines), lines)
	}
	var r map[string]any
	if err := json.Unmarshal([]byte(lines[0]), &r); err != nil {
		t.Fatal(err)
	}
	delete(r, "time")
	return r
}

const route = "/api/v1/admin/tasks/account/{id}"

func TestLogRecord(t *testing.T) {
	for _, test := range []struct {
		name    string
		request *http.Request
		err     error
		want    map[string]any
	}{
		{"success", request(), nil, map[string]any{"level": "INFO", "status": 200.0, "task": taskID, "replayed": false}},
		{"refusal", request(withBody("{}")), &task.Error{Code: task.CodeInvalidRequest},
			map[string]any{"level": "INFO", "status": 400.0, "code": "InvalidRequest", "task": taskID}},
		{"conflict", request(), &task.Error{Code: task.CodePreconditionFailed, Current: &task.Task{}},
			map[string]any{"level": "INFO", "status": 412.0, "code": "PreconditionFailed", "task": taskID}},
		{"absent", request(), &task.Error{Code: task.CodeTaskNotFound}, map[string]any{"level": "INFO", "status": 404.0, "code": "TaskNotFound"}},
		{"throttled", request(), &task.Error{Code: task.CodeTooManyRequests, Cause: errors.New("busy")},
			map[string]any{"level": "ERROR", "status": 429.0, "code": "TooManyRequests", "cause": "busy", "task": taskID}},
		{"unavailable", request(), &task.Error{Code: task.CodeUnavailable, Cause: errors.New("timeout")},
			map[string]any{"level": "ERROR", "status": 503.0, "code": "Unavailable", "cause": "timeout", "task": taskID}},
		{"unknown error", request(), errors.New("odd item"), map[string]any{"level": "ERROR", "status": 500.0, "code": "InternalError", "cause": "odd item", "task": taskID}},
		{"no route", requestTo("PUT", "/secret", ""), nil, map[string]any{"level": "INFO", "status": 404.0, "code": "RouteNotFound", "route": "", "operation": "None", "account": nil}},
		{"wrong method", requestTo("PATCH", taskPath, ""), nil,
			map[string]any{"level": "INFO", "status": 405.0, "code": "MethodNotAllowed", "method": "PATCH", "operation": "None", "account": nil}},
		{"validated", request(query("validateOnly=true")), nil, map[string]any{"level": "INFO", "status": 200.0, "task": taskID, "replayed": false, "operation": "ValidateUpdateTask"}},
		{"not valid", request(query("validateOnly=true"), withBody("{}")), &task.Error{Code: task.CodeInvalidRequest},
			map[string]any{"level": "INFO", "status": 400.0, "code": "InvalidRequest", "task": taskID, "operation": "ValidateUpdateTask"}},
		{"nobody", request(from()), nil, map[string]any{"level": "INFO", "status": 401.0, "code": "Unauthorized", "account": nil}},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := newService()
			s.updater.err = test.err
			s.send(test.request)
			want := map[string]any{"msg": "request", "method": "PUT", "route": route, "operation": "UpdateTask", "account": "demo-account", "durationMs": 0.0, "cold": true}
			maps.Copy(want, test.want)
			maps.DeleteFunc(want, func(_ string, v any) bool { return v == nil })
			got := s.record(t)
			for _, name := range slices.Concat(slices.Collect(maps.Keys(got)), slices.Collect(maps.Keys(want))) {
				if got[name] != want[name] {
					t.Errorf("got %s %v, want %v", name, got[name], want[name])
				}
			}
		})
	}
}

// TestLogKeepsWhatCallersSendToItself puts a word that must not be logged into every part of a request.
func TestLogKeepsWhatCallersSendToItself(t *testing.T) {
	const word = "s3cr3t"
	changes := map[string]func(*http.Request){
		"Parameters":    withBody(strings.Replace(body, "secret", word, 1)),
		"a bad field":   withBody(`{"TaskID":"` + word + `","Parameters":{"` + word + `":1}}`),
		"a bad body":    withBody(word),
		"a bad id":      func(r *http.Request) { r.URL.Path = "/api/v1/admin/tasks/account/" + word },
		"another path":  func(r *http.Request) { r.URL.Path = "/" + word },
		"the query":     func(r *http.Request) { r.URL.RawQuery = "id=" + word },
		"the token":     header("Authorization", "Bearer "+word),
		"a key":         header("Idempotency-Key", word),
		"a bad key":     header("Idempotency-Key", word+" "+word),
		"an entity-tag": header("If-Match", `"1-`+word+`"`),
		"a bad tag":     header("If-Match", word),
		"a media type":  header("Content-Type", word),
		"an own header": header("X-"+word, word),
		"a user":        from(task.NewCaller("a", word, word, task.ScopeWrite, word)),
	}
	for name, change := range changes {
		for _, err := range []error{nil, &task.Error{Code: task.CodePreconditionFailed, Reason: word, Current: &task.Task{Name: word}}} {
			s := newService()
			s.updater.err = err
			s.send(request(change))
			if s.record(t); strings.Contains(strings.ToLower(s.log.String()), word) {
				t.Errorf("%s is in the log: %s", name, s.log.String())
			}
		}
	}
}

func TestTaskOfAnotherAccountIsNotInTheLog(t *testing.T) {
	s := newService()
	s.updater.err = &task.Error{Code: task.CodeTaskNotFound, Reason: "There is no task " + taskID + "."}
	s.send(request())
	if strings.Contains(s.log.String(), taskID) {
		t.Errorf("the id of a task that was not found is in the log: %s", s.log.String())
	}
}

func TestLogCannotBeForged(t *testing.T) {
	s := newService()
	s.send(request(func(r *http.Request) { r.Method = "PUT\n{\"level\":\"INFO\"}" }))
	s.record(t)
}
