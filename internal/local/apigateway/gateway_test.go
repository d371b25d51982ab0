package apigateway_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/local/apigateway"
)

var now = time.Date(2026, 6, 4, 3, 45, 3, 254_000_000, time.UTC)

// function is an Invoker that records its events and answers with its text.
type function struct {
	answer string
	err    error
	events [][]byte
}

func (f *function) Invoke(_ context.Context, _, _ string, event []byte) ([]byte, error) {
	f.events = append(f.events, event)
	return []byte(f.answer), f.err
}

func gateway(t *testing.T, f apigateway.Invoker, routes ...apigateway.Route) *apigateway.Gateway {
	t.Helper()
	g, err := apigateway.New(apigateway.Config{
		Routes: routes, Invoker: f, AccountID: "123456789012", Now: func() time.Time { return now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func serve(g *apigateway.Gateway, r *http.Request) *http.Response {
	w := httptest.NewRecorder()
	g.ServeHTTP(w, r)
	return w.Result()
}

func text(t *testing.T, answer *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// open is a route for all requests.
var open = apigateway.Route{Path: apigateway.DefaultPath}

func TestTheGatewaysOwnAnswers(t *testing.T) {
	tests := []struct {
		name    string
		routes  []apigateway.Route
		invoker function
		change  func(*http.Request)
		status  int
		body    string
	}{
		{"no route", []apigateway.Route{{Method: "GET", Path: "/other"}}, function{}, nil,
			404, `{"message":"Not Found"}`},
		{"a body over the quota", []apigateway.Route{open}, function{},
			func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", 10<<20+1))) },
			413, `{"message":"Request Entity Too Large"}`},
		{"an event over Lambda's quota", []apigateway.Route{open}, function{},
			func(r *http.Request) { r.Body = io.NopCloser(strings.NewReader(strings.Repeat("x", 5<<20))) },
			413, `{"message":"Request Entity Too Large"}`},
		{"headers over the quota", []apigateway.Route{open}, function{},
			func(r *http.Request) { r.Header.Set("X", strings.Repeat("x", 10240)) },
			431, `{"message":"Request Header Fields Too Large"}`},
		{"a failed function", []apigateway.Route{open}, function{err: errors.New("exit status 2")}, nil,
			500, `{"message":"Internal Server Error"}`},
		{"an answer that is not JSON", []apigateway.Route{open}, function{answer: "<html>"}, nil,
			500, `{"message":"Internal Server Error"}`},
		{"a function that takes too long", []apigateway.Route{open}, function{err: fmt.Errorf("wait: %w", context.DeadlineExceeded)}, nil,
			503, `{"message":"Service Unavailable"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPut, "/tasks", nil)
			if test.change != nil {
				test.change(r)
			}
			answer := serve(gateway(t, &test.invoker, test.routes...), r)
			if body := text(t, answer); answer.StatusCode != test.status || body != test.body {
				t.Errorf("got %d %s, want %d %s", answer.StatusCode, body, test.status, test.body)
			}
			if got := answer.Header.Get("Content-Type"); got != "application/json" {
				t.Errorf("the content type is %q", got)
			}
			if answer.Header.Get("Apigw-Requestid") == "" {
				t.Error("the request has no identifier")
			}
		})
	}
}

func TestQuotasLetTheirLimitPass(t *testing.T) {
	f := &function{answer: `{"statusCode":204}`}
	g := gateway(t, f, open)
	r := httptest.NewRequest(http.MethodPut, "/tasks", strings.NewReader(strings.Repeat("x", 4<<20)))
	spent := len("PUT /tasks HTTP/1.1") + len(r.Host)
	r.Header.Set("X", strings.Repeat("x", 10240-spent))
	if answer := serve(g, r); answer.StatusCode != 204 {
		t.Errorf("got %d, want 204", answer.StatusCode)
	}
}

// stuck is a function that answers only when its time limit has passed.
type stuck struct{}

func (stuck) Invoke(ctx context.Context, _, _ string, _ []byte) ([]byte, error) {
	<-ctx.Done()
	return nil, ctx.Err()
}

func TestARoutesTimeoutShortensTheGateways(t *testing.T) {
	route := apigateway.Route{Path: apigateway.DefaultPath, Timeout: time.Millisecond}
	answer := serve(gateway(t, stuck{}, route), httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %d, want 503", answer.StatusCode)
	}
}

func TestAClientThatHangsUpDoesNotStopTheFunction(t *testing.T) {
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	var seen error
	g := gateway(t, invokerFunc(func(ctx context.Context) { seen = ctx.Err() }), open)
	serve(g, httptest.NewRequest(http.MethodGet, "/", nil).WithContext(gone))
	if seen != nil {
		t.Errorf("the function's context ended with the client's: %v", seen)
	}
}

type invokerFunc func(context.Context)

func (f invokerFunc) Invoke(ctx context.Context, _, _ string, _ []byte) ([]byte, error) {
	f(ctx)
	return []byte(`{"statusCode":200}`), nil
}
