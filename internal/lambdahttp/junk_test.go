package lambdahttp_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/task"
)

func TestEventThatIsNoRequestIsRefused(t *testing.T) {
	for _, event := range []string{
		"", " ", "null", "true", "5", `"PUT"`, "[]", "[1,2]", "{", "}", "not JSON", "\x00", "\xff\xfe", "{}", `{"version":"2.0"}`, `{"version":"1.0"}`, `{"version":2.0}`,
		`{"version":"2.0","requestContext":[]}`, `{"version":"2.0","requestContext":{"http":"PUT"}}`, `{"version":"2.0","requestContext":{"http":{"method":5}}}`,
		`{"Records":[{"eventSource":"aws:sqs","body":"x"}]}`, `{"httpMethod":{}}`, `{"httpMethod":""}`, `{"httpMethod":"PU T","path":"/"}`,
		`{"httpMethod":"PUT\r\nX: y","path":"/"}`, `{"version":"2.0","requestContext":{"http":{"method":"GÉT"}}}`, `{"source":"aws.events","detail":{}}`,
		strings.Repeat("[", 100_000), `{"httpMethod":` + strings.Repeat("{\"a\":", 20_000),
	} {
		s := newStage()
		r := s.invoke(t, event)
		if got := r.code(t); r.StatusCode != 400 || got != task.CodeInvalidRequest {
			t.Errorf("%.60q: got %d %s, want 400 %s", event, r.StatusCode, got, task.CodeInvalidRequest)
		}
		var record struct{ Level, Msg string }
		if err := json.Unmarshal(s.log.Bytes(), &record); err != nil || record.Level != "WARN" {
			t.Errorf("%.60q: got the log %s, want one warning", event, s.log.String())
		}
	}
}

func TestMembersOfTheWrongTypeCountAsMissing(t *testing.T) {
	for version, make := range bothVersions {
		for _, name := range []string{
			"headers", "multiValueHeaders", "pathParameters", "queryStringParameters", "multiValueQueryStringParameters", "cookies", "stageVariables",
			"requestContext", "body", "isBase64Encoded", "routeKey", "resource", "rawPath", "path", "rawQueryString",
		} {
			for _, value := range []any{nil, true, 5, -1.5, "x", "{", []any{}, []any{nil, 5, object{}}, object{}, object{"": nil, "x": 5}, object{"http": 5, "authorizer": 5, "stage": 5}} {
				r := newStage().invoke(t, make(with(value, name)))
				if code := r.code(t); r.StatusCode >= 500 {
					t.Errorf("%s, %s %v: got %d %s, want no failure of the service", version, name, value, r.StatusCode, code)
				}
			}
		}
	}
}

func TestEveryOtherVersionIsAREST(t *testing.T) {
	for _, version := range []any{nil, "1.0", "", "2", "2.00", "3.0", 2.0, true} {
		if got := newStage().invoke(t, eventV1(with(version, "version"))); got.StatusCode != 200 || got.MultiValueHeaders == nil {
			t.Errorf("version %v: got %d with %v, want 200 with lists of headers", version, got.StatusCode, got.MultiValueHeaders)
		}
	}
}

func TestOddHeadersAreHarmless(t *testing.T) {
	odd := object{"": "x", " ": "x", "a b": "x", "x\r\ny": "a\r\nb", "é": "\x00", "content-type": "application/json", "authorization": authorization, "Transfer-Encoding": "chunked", "Content-Length": "-5"}
	for version, event := range map[string]string{
		"v2": eventV2(with(odd, "headers"), with([]string{"a=b", ";;", ""}, "cookies")), "v1": eventV1(with(odd, "headers"), with(nil, "multiValueHeaders")),
	} {
		if got := newStage().invoke(t, event); got.StatusCode != 200 {
			t.Errorf("%s: got %d and %s, want 200", version, got.StatusCode, got.Body)
		}
	}
}

// deadlineOf returns the deadline of the request if the invocation has the deadline of ctx.
func deadlineOf(t *testing.T, ctx context.Context, event string) (deadline time.Time, limited bool) {
	t.Helper()
	s := newStage()
	s.onRequest = func(r *http.Request) { deadline, limited = r.Context().Deadline() }
	s.invokeWithin(ctx, t, event)
	return deadline, limited
}

func TestRequestEndsBeforeTheInvocation(t *testing.T) {
	end := time.Now().Add(time.Hour)
	ctx, cancel := context.WithDeadline(t.Context(), end)
	defer cancel()
	for version, make := range bothVersions {
		if got, limited := deadlineOf(t, ctx, make()); !limited || end.Sub(got) != 500*time.Millisecond {
			t.Errorf("%s: got the deadline %v, want half a second before %v", version, got, end)
		}
		if got, limited := deadlineOf(t, t.Context(), make()); limited {
			t.Errorf("%s: got the deadline %v, want none where the invocation has none", version, got)
		}
	}
}

func TestRequestIsOverWhenItIsAnswered(t *testing.T) {
	s := newStage()
	s.invoke(t, eventV2())
	if s.request.Context().Err() == nil {
		t.Error("the request's context is still open")
	}
}
