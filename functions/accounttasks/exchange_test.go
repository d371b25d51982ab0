package main

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/demo"
)

// The addresses of the operations.
const (
	registration = "/api/v2/admin/tasks/account"
	listing      = "/api/v1/admin/tasks/account"
	cataloguing  = "/api/v1/admin/tasks"
	demoAddress  = listing + "/" + demoTask
)

// exchange is a request from a caller that may read and write. Headers are name, value, name, value.
type exchange struct {
	method, target, body string
	headers              []string
	account              string // empty: the demo account and its client
}

// send sends the request to the function.
func (f *function) send(t testing.TB, e exchange) reply {
	t.Helper()
	if e.account != "" {
		f.register(t, e.account)
	}
	return f.invoke(t, e.event(t))
}

// tokenOf is the access token of the client that register registers for an account.
func tokenOf(account string) string {
	return base64.RawURLEncoding.EncodeToString([]byte("client-of-"+account)) + "." + strings.Repeat("A", 43)
}

// register registers the client of an account, if it does not exist yet.
func (f *function) register(t testing.TB, account string) {
	t.Helper()
	clients := dynamo.NewTable(f.client, testTable).Clients()
	c := client.Client{
		ID: "client-of-" + account, AccountID: account, UserID: "demo.user", Name: "Demo",
		Scopes: client.Scopes(), Secrets: []string{"secret"}, Generation: "generation", Version: 1,
	}
	token := client.Token{
		Kind: client.KindAccess, ClientID: c.ID, Hash: client.HashToken(tokenOf(account)), Scopes: c.Scopes,
		SecretID: "secret", Generation: c.Generation, ExpiresAt: time.Now().Add(time.Hour),
	}
	if err := errors.Join(clients.Create(t.Context(), c, nil), clients.SaveTokens(t.Context(), token)); err != nil {
		t.Fatal(err)
	}
}

// event is the request as an HTTP API passes it on.
func (e exchange) event(t testing.TB) []byte {
	t.Helper()
	path, query, _ := strings.Cut(e.target, "?")
	event := events.APIGatewayV2HTTPRequest{Version: "2.0", RouteKey: "$default", RawPath: path, RawQueryString: query, Body: e.body}
	event.Headers = map[string]string{"content-type": "application/json", "authorization": "Bearer " + demo.AccessToken}
	if e.account != "" {
		event.Headers["authorization"] = "Bearer " + tokenOf(e.account)
	}
	for i := 0; i < len(e.headers); i += 2 {
		event.Headers[strings.ToLower(e.headers[i])] = e.headers[i+1]
	}
	event.RequestContext.Stage = "$default"
	event.RequestContext.HTTP.Method = e.method
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

// listed follows the Links of a list and returns its pages.
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

// nextOf is the target of an answer's Link; empty if there is none.
func nextOf(r reply) string {
	target, _ := strings.CutSuffix(strings.TrimPrefix(r.header("Link"), "<"), `>; rel="next"`)
	return target
}
