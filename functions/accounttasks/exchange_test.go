package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/task"
)

// The addresses of the operations.
const (
	registration = "/api/v2/admin/tasks/account"
	listing      = "/api/v1/admin/tasks/account"
	cataloguing  = "/api/v1/admin/tasks"
	demoAddress  = listing + "/" + demoTask
)

// exchange is a request by a caller who may read and write. Headers are name, value, name, value.
type exchange struct {
	method, target, body string
	headers              []string
	account              string // empty: the demo account
}

// send has the function answer the request.
func (f *function) send(t testing.TB, e exchange) reply {
	t.Helper()
	return f.invoke(t, e.event(t))
}

// event is the request as an HTTP API hands it over.
func (e exchange) event(t testing.TB) []byte {
	t.Helper()
	path, query, _ := strings.Cut(e.target, "?")
	event := events.APIGatewayV2HTTPRequest{Version: "2.0", RouteKey: "$default", RawPath: path, RawQueryString: query, Body: e.body}
	event.Headers = map[string]string{"content-type": "application/json"}
	for i := 0; i < len(e.headers); i += 2 {
		event.Headers[strings.ToLower(e.headers[i])] = e.headers[i+1]
	}
	event.RequestContext.Stage = "$default"
	event.RequestContext.HTTP.Method = e.method
	account := orElse(e.account, demoAccount)
	event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
		JWT: &events.APIGatewayV2HTTPRequestContextAuthorizerJWTDescription{Claims: map[string]string{
			"account_id": account, "user_id": "demo.user", "client_id": "client-of-" + account, "scope": task.ScopeRead + " " + task.ScopeWrite,
		}},
	}
	payload, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

// detailed reads the Detail of an answer in JSON.
func detailed[D any](t testing.TB, r reply) D {
	t.Helper()
	var envelope struct{ ResponseData struct{ Detail D } }
	if err := json.Unmarshal([]byte(r.Body), &envelope); err != nil {
		t.Fatalf("%v: %s", err, r.Body)
	}
	return envelope.ResponseData.Detail
}

// listed gives the pages of a list, as its Links lead through it.
func (f *function) listed(t testing.TB, target, account string) (pages [][]detail) {
	t.Helper()
	for target != "" {
		r := f.send(t, exchange{method: http.MethodGet, target: target, account: account})
		if r.StatusCode != http.StatusOK {
			t.Fatalf("%s: got %d and %s", target, r.StatusCode, r.Body)
		}
		pages = append(pages, detailed[[]detail](t, r))
		target = nextOf(r)
	}
	return pages
}

// nextOf is the target of an answer's Link; empty where there is none.
func nextOf(r reply) string {
	target, _ := strings.CutSuffix(strings.TrimPrefix(r.header("Link"), "<"), `>; rel="next"`)
	return target
}
