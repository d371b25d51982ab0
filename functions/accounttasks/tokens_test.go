package main

import (
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/task"
)

// tokens is the function on a table with a client, with a clock that the test moves.
type tokens struct {
	*function
	count    *requestCount
	now      time.Time
	clients  *dynamo.Clients
	registry *client.Registry
	secret   string
}

const tokensClient = "integrator"

// startTokens registers the client with these scopes.
func startTokens(t *testing.T, scopes ...string) *tokens {
	t.Helper()
	s := &tokens{count: &requestCount{table: table.NewEngine(), counted: make(map[string]int)}, now: time.Now()}
	clock := func() time.Time { return s.now }
	s.function = startOnTable(t, s.count, func(f *function) { f.putTasks(t, demoTask) })
	s.clients = dynamo.NewTable(s.client, testTable).Clients()
	s.registry = client.NewRegistry(s.clients, clock)
	s.register(t, scopes...)
	s.restart(t)
	return s
}

// restart starts another instance of the function on the same table.
func (s *tokens) restart(t *testing.T) {
	t.Helper()
	e := inEnvironment(environment(*s.client.Options().BaseEndpoint), io.Discard)
	e.Now = func() time.Time { return s.now }
	var err error
	if s.handler, err = newFunction(e); err != nil {
		t.Fatal(err)
	}
	s.count.take()
}

func (s *tokens) register(t *testing.T, scopes ...string) {
	t.Helper()
	_, secret, err := s.registry.Register(t.Context(), client.Client{
		ID: tokensClient, AccountID: demoAccount, UserID: "demo.user", Name: "Integrator", Scopes: scopes,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.secret = secret
}

// issue gets tokens as the client.
func (s *tokens) issue(t *testing.T) client.Grant {
	t.Helper()
	grant, err := client.NewIssuer(s.clients, func() time.Time { return s.now }, func(string) {}).Issue(t.Context(), client.TokenRequest{
		GrantType: client.GrantClientCredentials, Credentials: []client.Credential{{ClientID: tokensClient, Secret: s.secret}},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.count.take()
	return grant
}

// call sends a request with a token, or without one if it is empty.
func (s *tokens) call(t *testing.T, method, path, accept, token string) reply {
	t.Helper()
	body := ""
	if method == http.MethodPut || method == http.MethodPost {
		body = goodUpdate
	}
	o := occasion{method: method, path: path, body: body, token: orElse(token, "none")}
	return s.invoke(t, o.event(t, accept))
}

// operations calls each for every operation of the document that this function serves and that needs a token.
func operations(t *testing.T, each func(method, path, scope string)) {
	t.Helper()
	elsewhere := []string{"/Token", "/api/v1/admin/clients"}
	called := 0
	for path, item := range openapitest.Root(t).At("paths").Members() {
		for method, operation := range item.Members() {
			if path == elsewhere[0] || path == elsewhere[1] || method == "head" {
				continue
			}
			called++
			scope := openapitest.Scopes(operation)[0]
			each(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", demoTask), scope)
		}
	}
	if called < 6 {
		t.Errorf("the document has only %d operations", called)
	}
}

// TestNoOperationTakesATokenThatIsNotGood calls each operation with each kind of invalid token, in both formats.
func TestNoOperationTakesATokenThatIsNotGood(t *testing.T) {
	t.Parallel()
	const bad = `Bearer error="invalid_token"`
	for name, test := range map[string]struct {
		token     func(t *testing.T, s *tokens) string
		challenge string
	}{
		"none":          {func(*testing.T, *tokens) string { return "" }, "Bearer"},
		"never issued":  {func(*testing.T, *tokens) string { return tokenOf("nobody") }, bad},
		"a JWT":         {func(*testing.T, *tokens) string { return "eyJhbGciOiJub25lIn0.eyJhY2NvdW50X2lkIjoiMSJ9." }, bad},
		"a secret":      {func(_ *testing.T, s *tokens) string { return s.secret }, bad},
		"refresh":       {func(t *testing.T, s *tokens) string { return s.issue(t).RefreshToken }, bad},
		"another stack": {func(t *testing.T, _ *tokens) string { return startTokens(t, client.Scopes()...).issue(t).AccessToken }, bad},
		"cut off":       {func(t *testing.T, s *tokens) string { token := s.issue(t).AccessToken; return token[:len(token)-1] }, bad},
		"expired": {func(t *testing.T, s *tokens) string {
			token := s.issue(t).AccessToken
			s.now = s.now.Add(client.AccessLifetime)
			return token
		}, bad},
		"a client that was removed": {func(t *testing.T, s *tokens) string {
			token := s.issue(t).AccessToken
			if _, err := s.registry.Remove(t.Context(), tokensClient); err != nil {
				t.Fatal(err)
			}
			return token
		}, bad},
		"an earlier registration": {func(t *testing.T, s *tokens) string {
			token := s.issue(t).AccessToken
			if _, err := s.registry.Remove(t.Context(), tokensClient); err != nil {
				t.Fatal(err)
			}
			s.register(t, client.Scopes()...)
			return token
		}, bad},
		"revoked": {func(t *testing.T, s *tokens) string {
			token := s.issue(t).AccessToken
			if err := s.registry.RevokeTokens(t.Context(), tokensClient); err != nil {
				t.Fatal(err)
			}
			return token
		}, bad},
		"a secret that was retired": {func(t *testing.T, s *tokens) string {
			token := s.issue(t).AccessToken
			if _, _, err := s.registry.RotateSecret(t.Context(), tokensClient); err != nil {
				t.Fatal(err)
			}
			if _, err := s.registry.RetireSecret(t.Context(), tokensClient, ""); err != nil {
				t.Fatal(err)
			}
			return token
		}, bad},
	} {
		t.Run(name, func(t *testing.T) {
			s := startTokens(t, client.Scopes()...)
			token := test.token(t, s)
			s.count.take()
			operations(t, func(method, path, _ string) {
				for _, accept := range []string{"application/json", "application/xml"} {
					r := s.call(t, method, path, accept, token)
					if r.StatusCode != 401 || r.header("Www-Authenticate") != test.challenge || !strings.HasPrefix(r.header("Content-Type"), accept) ||
						!strings.Contains(r.Body, string(task.CodeUnauthorized)) || strings.Contains(r.Body, "demo.user") {
						t.Errorf("%s %s, %s: got %+v, want 401 and %s", method, path, accept, r, test.challenge)
					}
				}
			})
			asked := s.count.take()
			delete(asked, "BatchGetItem")
			if len(asked) > 0 {
				t.Errorf("the table was asked %v, want tokens alone", asked)
			}
		})
	}
}

func TestNoOperationTakesATokenOfAnotherScope(t *testing.T) {
	for _, granted := range client.Scopes() {
		s := startTokens(t, granted)
		token := s.issue(t).AccessToken
		operations(t, func(method, path, scope string) {
			for _, accept := range []string{"application/json", "application/xml"} {
				r := s.call(t, method, path, accept, token)
				refused := r.StatusCode == http.StatusForbidden
				if refused != (scope != granted) {
					t.Errorf("%s %s with %s: got %d %s", method, path, granted, r.StatusCode, r.Body)
				}
				if want := `Bearer error="insufficient_scope", scope="` + scope + `"`; refused && r.header("Www-Authenticate") != want {
					t.Errorf("%s %s: got the challenge %q, want %q", method, path, r.header("Www-Authenticate"), want)
				}
			}
		})
	}
}

// TestARemovedClientIsOutWithinAMinute removes a client whose token an instance remembers.
func TestARemovedClientIsOutWithinAMinute(t *testing.T) {
	s := startTokens(t, client.Scopes()...)
	token := s.issue(t).AccessToken
	read := func() int { return s.call(t, http.MethodGet, demoAddress, "application/json", token).StatusCode }
	if got := read(); got != 200 {
		t.Fatalf("got %d before, want 200", got)
	}
	if _, err := s.registry.Remove(t.Context(), tokensClient); err != nil {
		t.Fatal(err)
	}
	s.now = s.now.Add(59 * time.Second)
	s.count.take()
	if got, asked := read(), s.count.take(); got != 200 || !maps.Equal(asked, map[string]int{"GetItem": 1}) {
		t.Errorf("got %d and the requests %v after 59 s, want what the instance remembers", got, asked)
	}
	s.now = s.now.Add(time.Second)
	if got := read(); got != 401 {
		t.Errorf("got %d after 60 s, want 401", got)
	}
	s.restart(t)
	s.now = s.now.Add(-time.Minute)
	if got := read(); got != 401 {
		t.Errorf("got %d from another instance, want 401", got)
	}
}

// TestATokenReachesItsOwnAccountAlone uses accounts whose ids have the same beginning or end as another's.
func TestATokenReachesItsOwnAccountAlone(t *testing.T) {
	f := startFunction(t, demoTask)
	for _, account := range []string{"22222222-2222-4222-8222-222222222222", demoAccount[:35], demoAccount + "1", "1" + demoAccount, "TASK", strings.ToUpper(demoAccount) + "A"} {
		for _, method := range []string{"GET", "PUT", "DELETE"} {
			if r := f.send(t, exchange{method: method, target: demoAddress, body: goodUpdate, account: account}); r.StatusCode != 404 {
				t.Errorf("%s as %s: got %d %s, want 404", method, account, r.StatusCode, r.Body)
			}
		}
	}
}
