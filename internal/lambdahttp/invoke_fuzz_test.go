package lambdahttp_test

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/verify/observed"
	"accounttasks/internal/wire"
)

// FuzzInvoke invokes the handler with any bytes as the event.
func FuzzInvoke(f *testing.F) {
	fixtures, err := filepath.Glob("../../events/http/*.json")
	if err != nil || len(fixtures) == 0 {
		f.Fatalf("no event fixtures: %v", err)
	}
	for _, name := range fixtures {
		event, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(event)
	}
	for _, event := range []string{``, `null`, `[]`, `{"version":"2.0"}`, `{"version":"2.0","requestContext":{"http":{"method":"PUT","path":7}}}`,
		`{"httpMethod":"PUT","path":"` + taskPath + `","multiValueHeaders":{"Accept":null,"Authorization":["Bearer token",null,7]}}`} {
		f.Add([]byte(event))
	}
	f.Fuzz(func(t *testing.T, event []byte) {
		checkReply(t, invokeFor(t, newMemoryHandler(), event), len(event))
	})
}

// sent is a request that the fuzzer varies. The event has its body as text, as base64, or unencoded but marked as
// base64.
type sent struct {
	method, path, contentType, accept, ifMatch, key string
	body                                            []byte
	carriage                                        uint8
}

// FuzzInvokeV2 invokes the handler with any request that an HTTP API may pass on.
func FuzzInvokeV2(f *testing.F) { fuzzRequest(f, sent.eventV2) }

// FuzzInvokeV1 invokes the handler with any request that a REST API may pass on.
func FuzzInvokeV1(f *testing.F) { fuzzRequest(f, sent.eventV1) }

func fuzzRequest(f *testing.F, event func(sent) []byte) {
	for _, r := range observed.Requests(f) {
		f.Add(r.Method, strings.Replace(r.Path, reportID, taskID, 1), r.Headers["Content-Type"], r.Headers["Accept"], "", "", r.Body, uint8(1))
	}
	f.Add("PUT", taskPath, "application/json", "text/xml", `"3-Zm9v"`, "key", []byte(update), uint8(0))
	f.Add("put", taskPath+"/?id=1", "application/json", "*/*", `W/"3-Zm9v", "2-YmFy"`, "", []byte(update), uint8(2))
	f.Add("POST", "/api/v2/admin/tasks/account", "application/json", "text/xml", "", "key", []byte(update), uint8(0))
	f.Add("POST", "/api/v2/admin/tasks/account", "application/x-www-form-urlencoded", "", "", "",
		[]byte("TaskID="+reportID+"&Frequency=DAILY&Parameters=%7B%7D&ContentType=application%2Fjson"), uint8(1))
	f.Add("GET", taskPath, "", "text/xml", "", "", []byte{}, uint8(0))
	f.Add("GET", "/api/v1/admin/tasks/account/", "", "text/xml", "", "", []byte{}, uint8(0))
	f.Add("GET", "/api/v1/admin/tasks", "", "", "", "", []byte{}, uint8(0))
	f.Add("HEAD", taskPath, "", "", "", "", []byte{}, uint8(0))
	f.Add("DELETE", taskPath, "", "", `"3-Zm9v"`, "key", []byte{}, uint8(0))
	f.Fuzz(func(t *testing.T, method, path, contentType, accept, ifMatch, key string, body []byte, carriage uint8) {
		s := sent{method, path, contentType, accept, ifMatch, key, body, carriage % 3}
		handler, payload := newMemoryHandler(), event(s)
		r := invokeFor(t, handler, payload)
		answer := checkReply(t, r, len(payload))
		if got, want := headerOf(r, "Content-Type"), wire.Negotiate(s.header()).ContentType(); got != want && !strings.HasPrefix(answer.Error.ErrorReason, "The event is not") {
			t.Errorf("answered as %s, want %s", got, want)
		}
		if r.StatusCode != http.StatusOK {
			return
		}
		again := func(s sent) reply { return invokeFor(t, handler, event(s)) }
		switch shown := answer.ResponseData.Detail; strings.ToUpper(method) {
		case http.MethodPut:
			checkUpdateAgain(t, again, shown.detail)
		case http.MethodPost:
			checkRead(t, again, strings.TrimPrefix(headerOf(r, "Location"), "/dev"), shown.detail)
		case http.MethodDelete:
			if gone := again(sent{method: http.MethodGet, path: path}); gone.StatusCode != http.StatusNotFound {
				t.Errorf("a task that is deleted is read with %d", gone.StatusCode)
			}
		case http.MethodHead:
			if r.Body != "" {
				t.Errorf("HEAD is answered with %s", r.Body)
			}
		}
	})
}

// header returns the headers that the fuzzer varies, after their way through JSON.
func (s sent) header() http.Header {
	header := http.Header{}
	for name, value := range map[string]string{"Content-Type": s.contentType, "Accept": s.accept, "If-Match": s.ifMatch, "Idempotency-Key": s.key} {
		if value != "" {
			header.Set(name, strings.ToValidUTF8(value, "\ufffd"))
		}
	}
	return header
}

// content returns the body of the event.
func (s sent) content() (text string, isBase64 bool) {
	if s.carriage == 1 {
		return base64.StdEncoding.EncodeToString(s.body), true
	}
	return string(s.body), s.carriage == 2
}

var demoCaller = task.NewCaller(demoAccount, "demo.user", "demo", task.ScopeRead, task.ScopeWrite)

func (s sent) eventV2() []byte {
	body, isBase64 := s.content()
	headers := map[string]string{"authorization": "Bearer token"}
	for name, values := range s.header() {
		headers[strings.ToLower(name)] = values[0]
	}
	return marshal(map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": s.path, "headers": headers, "body": body, "isBase64Encoded": isBase64,
		"requestContext": map[string]any{
			"stage": "$default", "http": map[string]any{"method": s.method, "path": s.path},
		},
	})
}

func (s sent) eventV1() []byte {
	body, isBase64 := s.content()
	header := s.header()
	header.Set("Authorization", "Bearer token")
	return marshal(map[string]any{
		"resource": "/{proxy+}", "path": s.path, "httpMethod": s.method, "multiValueHeaders": header, "body": body, "isBase64Encoded": isBase64,
		"requestContext": map[string]any{"stage": "dev"},
	})
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}

func invokeFor(t *testing.T, handler *lambdahttp.Handler, event []byte) reply {
	t.Helper()
	answer, err := handler.Invoke(t.Context(), event)
	if err != nil {
		t.Fatalf("the handler failed: %v", err)
	}
	var r reply
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatalf("%s is not an answer to an event: %v", answer, err)
	}
	return r
}
