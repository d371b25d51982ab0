package lambdahttp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

const (
	taskID   = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	taskPath = "/api/v1/admin/tasks/account/" + taskID
	template = "/api/v1/admin/tasks/account/{id}"
	update   = `{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":2,"Parameters":"{}","ContentType":"application/json"}`
)

// updater is an api.Tasks that accepts every request without problems.
type updater struct {
	api.Tasks // no other operation is called
	drafts    []task.UpdateRequest
	panics    any // with which an update panics, if with anything
}

func (u *updater) Update(_ context.Context, _ task.Caller, d task.UpdateRequest) (task.Result, error) {
	u.drafts = append(u.drafts, d)
	if u.panics != nil {
		panic(u.panics)
	}
	return task.Result{Task: task.Task{ID: d.ID, Name: "<&>"}}, d.Problems.Err()
}

// stage is the service with its gateway. It records the requests to the service, the log and the metrics.
type stage struct {
	*api.API
	updater      updater
	log, metrics bytes.Buffer
	// onRequest gets every request before the service.
	onRequest func(*http.Request)
	request   *http.Request
	body      string
	caller    task.Caller // the last one that the service knew
}

func newStage() *stage {
	s := &stage{onRequest: func(*http.Request) {}}
	metrics := telemetry.NewMetrics(func(string) string { return "the-function" }, time.Now, &s.metrics)
	log := telemetry.TraceHandler{Handler: slog.NewJSONHandler(&s.log, nil)}
	s.API = api.New(s, &s.updater, time.Now, telemetry.NewRecorder(slog.New(log), metrics))
	return s
}

// Authenticate implements api.Authenticator.
func (s *stage) Authenticate(ctx context.Context, token string) (caller task.Caller, err error) {
	s.caller, err = clienttest.Named{}.Authenticate(ctx, token)
	return s.caller, err
}

func (s *stage) Serve(w http.ResponseWriter, r *http.Request, body api.Body) {
	s.request, s.body = r, string(body.Bytes)
	s.onRequest(r)
	s.API.Serve(w, r, body)
}

// reply is an answer as API Gateway receives it, of either version.
type reply struct {
	StatusCode        int
	Headers           map[string]string
	MultiValueHeaders map[string][]string
	Body              string
	IsBase64Encoded   bool
}

func (s *stage) invoke(t *testing.T, event string) reply {
	t.Helper()
	return s.invokeWithin(t.Context(), t, event)
}

func (s *stage) invokeWithin(ctx context.Context, t *testing.T, event string) reply {
	t.Helper()
	got, err := lambdahttp.NewHandler(s).Invoke(ctx, []byte(event))
	if err != nil {
		t.Fatalf("%.100s: the handler failed: %v", event, err)
	}
	var r reply
	if err := json.Unmarshal(got, &r); err != nil {
		t.Fatalf("%.100s: the answer is not JSON: %v", event, err)
	}
	return r
}

// code is the error code of an envelope; empty for a success.
func (r reply) code(t *testing.T) task.Code {
	t.Helper()
	var e struct {
		Error        *struct{ ErrorCode task.Code }
		ResponseData *struct{ Result string }
	}
	if err := json.Unmarshal([]byte(r.Body), &e); err != nil || e.ResponseData == nil {
		t.Fatalf("the answer is not an envelope: %s", r.Body)
	}
	if e.Error == nil {
		return ""
	}
	return e.Error.ErrorCode
}

// object is a JSON object.
type object = map[string]any

var authorization = "Bearer " + clienttest.Token(task.NewCaller("demo-account", "demo.user", "demo", task.ScopeWrite))

// eventV2 is an HTTP API event of an update, changed by the functions.
func eventV2(changes ...func(object)) string {
	return event(object{
		"version": "2.0", "routeKey": "$default", "rawPath": taskPath, "rawQueryString": "",
		"headers": object{"content-type": "application/json", "host": "api.example.com", "authorization": authorization},
		"requestContext": object{
			"stage": "$default", "domainName": "api.example.com",
			"http": object{"method": "PUT", "path": taskPath, "sourceIp": "192.0.2.1"},
		},
		"body": update, "isBase64Encoded": false,
	}, changes)
}

// eventV1 is a REST API event of an update, changed by the functions.
func eventV1(changes ...func(object)) string {
	return event(object{
		"resource": "/{proxy+}", "path": taskPath, "httpMethod": "PUT",
		"headers":           object{"Content-Type": "text/plain", "Authorization": authorization},
		"multiValueHeaders": object{"Content-Type": []string{"application/json"}, "Authorization": []string{authorization}},
		"pathParameters":    object{"proxy": taskPath[1:]},
		"requestContext":    object{"stage": "prod"},
		"body":              update, "isBase64Encoded": false,
	}, changes)
}

func event(members object, changes []func(object)) string {
	for _, change := range changes {
		change(members)
	}
	b, err := json.Marshal(members)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// with sets a value in an event, at a path of names.
func with(value any, names ...string) func(object) {
	return func(members object) {
		last := len(names) - 1
		for _, name := range names[:last] {
			inner, _ := members[name].(object)
			copied := object{}
			for k, v := range inner {
				copied[k] = v
			}
			members[name] = copied
			members = copied
		}
		members[names[last]] = value
	}
}

// bothVersions are the two kinds of event.
var bothVersions = map[string]func(...func(object)) string{"v2": eventV2, "v1": eventV1}

func TestUpdateOfEitherVersion(t *testing.T) {
	for version, make := range bothVersions {
		s := newStage()
		r := s.invoke(t, make())
		if r.StatusCode != 200 || r.code(t) != "" || !strings.Contains(r.Body, taskID) {
			t.Errorf("%s: got %+v, want 200 and the task", version, r)
		}
		if r.IsBase64Encoded || !strings.Contains(r.Body, "<&>") {
			t.Errorf("%s: got the body %s, want it as plain text", version, r.Body)
		}
		if got := s.caller; got.AccountID() != "demo-account" || !got.Allows(task.ScopeWrite) {
			t.Errorf("%s: got the caller %+v, want the token's", version, got)
		}
	}
}

func TestAnswerHasTheShapeOfItsVersion(t *testing.T) {
	v2, v1 := newStage().invoke(t, eventV2()), newStage().invoke(t, eventV1())
	if got := v2.Headers["Content-Type"]; got != "application/json; charset=utf-8" || v2.MultiValueHeaders != nil {
		t.Errorf("v2: got the headers %v and %v, want single values alone", v2.Headers, v2.MultiValueHeaders)
	}
	if got := v1.MultiValueHeaders["Content-Type"]; !reflect.DeepEqual(got, []string{"application/json; charset=utf-8"}) {
		t.Errorf("v1: got the headers %v, want lists of values", v1.MultiValueHeaders)
	}
}

func TestAnswerIsNotMadeLongerByEscapes(t *testing.T) {
	for version, make := range bothVersions {
		got, err := lambdahttp.NewHandler(newStage()).Invoke(t.Context(), []byte(make()))
		if err != nil || !bytes.Contains(got, []byte(`<&>`)) {
			t.Errorf("%s: got %s and %v, want <&> as it is", version, got, err)
		}
	}
}

func TestHeadersAreKeptWhole(t *testing.T) {
	values := map[string]string{
		"If-Match": `"1-a", "2-b"`, "Idempotency-Key": "a,b", "Accept": "text/html, application/json;q=0.5", "X-Odd": " a,,b , ",
		"Content-Type": "application/json; a=\"b,c\"",
	}
	lower, lists := object{}, object{}
	for name, value := range values {
		lower[strings.ToLower(name)], lists[strings.ToLower(name)] = value, []string{value}
	}
	for version, event := range map[string]string{
		"v2":              eventV2(with(lower, "headers")),
		"v1":              eventV1(with(lists, "multiValueHeaders")),
		"v1, single only": eventV1(with(nil, "multiValueHeaders"), with(lower, "headers")),
	} {
		s := newStage()
		s.invoke(t, event)
		for name, want := range values {
			if got := s.request.Header.Values(name); !reflect.DeepEqual(got, []string{want}) {
				t.Errorf("%s: got %s %q, want %q alone", version, name, got, want)
			}
		}
	}
}

func TestLinesOfAHeaderStayApart(t *testing.T) {
	s := newStage()
	s.invoke(t, eventV1(with([]string{`"1-a"`, `"2-b"`}, "multiValueHeaders", "If-Match")))
	want := []task.Revision{{Version: 1, Token: "a"}, {Version: 2, Token: "b"}}
	if got := s.updater.drafts; len(got) != 1 || !reflect.DeepEqual(got[0].IfMatch, want) {
		t.Errorf("got %+v, want If-Match %v", got, want)
	}
}
