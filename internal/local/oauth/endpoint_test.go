package oauth_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"accounttasks/internal/local/oauth"
)

var now = time.Date(2026, 6, 4, 3, 45, 3, 0, time.UTC)

// issuer is shared: making an RSA key takes longer than all tests.
var issuer = sync.OnceValue(func() *oauth.Issuer {
	i, err := oauth.NewIssuer(oauth.Config{
		Issuer: "http://issuer.test", Audience: "tasks-api",
		Clients: []oauth.Client{
			{ID: "demo", Secret: "demo-secret", AccountID: "account-1", UserID: "demo.user"},
			{ID: "a b", Secret: "p:%&w", AccountID: "account-2", UserID: "other.user"},
		},
		Scopes: []string{"tasks/read", "tasks/write"}, DefaultScope: "tasks/write",
		Now: func() time.Time { return now },
	})
	if err != nil {
		panic(err)
	}
	return i
})

func form(pairs ...string) string {
	values := url.Values{}
	for pair := range slices.Chunk(pairs, 2) {
		values.Add(pair[0], pair[1])
	}
	return values.Encode()
}

func ask(body string, change func(*http.Request)) *http.Response {
	r := httptest.NewRequest(http.MethodPost, "/Token", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if change != nil {
		change(r)
	}
	w := httptest.NewRecorder()
	issuer().ServeHTTP(w, r)
	return w.Result()
}

func decode(t *testing.T, answer *http.Response) map[string]any {
	t.Helper()
	var document map[string]any
	if err := json.NewDecoder(answer.Body).Decode(&document); err != nil {
		t.Fatal(err)
	}
	return document
}

// claims verifies the token with the issuer's published key.
func claims(t *testing.T, token string) jwt.MapClaims {
	t.Helper()
	parsed, err := jwt.NewParser(jwt.WithTimeFunc(func() time.Time { return now })).Parse(token, func(token *jwt.Token) (any, error) {
		key, found := issuer().Key(token.Header["kid"].(string))
		if !found {
			t.Fatal("the token names a key that the issuer does not have")
		}
		return key, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return parsed.Claims.(jwt.MapClaims)
}

func TestATokenSaysWhoTheCallerIs(t *testing.T) {
	answer := ask(form("grant_type", "client_credentials", "client_id", "demo", "client_secret", "demo-secret"), nil)
	if answer.StatusCode != http.StatusOK || answer.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("got status %d, Cache-Control %q", answer.StatusCode, answer.Header.Get("Cache-Control"))
	}
	document := decode(t, answer)
	if document["token_type"] != "bearer" || document["expires_in"] != 28799.0 {
		t.Errorf("got %v", document)
	}
	got := claims(t, document["access_token"].(string))
	if got["jti"] == "" {
		t.Error("the token has no identifier of its own")
	}
	delete(got, "jti")
	want := jwt.MapClaims{
		"iss": "http://issuer.test", "aud": "tasks-api", "client_id": "demo", "account_id": "account-1",
		"user_id": "demo.user", "scope": "tasks/write",
		"iat": float64(now.Unix()), "nbf": float64(now.Unix()), "exp": float64(now.Add(8 * time.Hour).Unix()),
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
}

func TestAScopeCanBeAskedFor(t *testing.T) {
	for asked, want := range map[string]string{"": "tasks/write", "tasks/read": "tasks/read", "tasks/read tasks/write": "tasks/read tasks/write"} {
		answer := ask(form("grant_type", "client_credentials", "client_id", "demo", "client_secret", "demo-secret", "scope", asked), nil)
		if got := claims(t, decode(t, answer)["access_token"].(string))["scope"]; got != want {
			t.Errorf("asked for %q: got %q, want %q", asked, got, want)
		}
	}
}

func TestAClientMayUseHTTPBasic(t *testing.T) {
	answer := ask(form("grant_type", "client_credentials"), func(r *http.Request) {
		r.SetBasicAuth(url.QueryEscape("a b"), url.QueryEscape("p:%&w"))
	})
	if got := claims(t, decode(t, answer)["access_token"].(string))["account_id"]; got != "account-2" {
		t.Errorf("got a token for %v", got)
	}
}

func TestARefusalNamesItsReason(t *testing.T) {
	good := []string{"grant_type", "client_credentials", "client_id", "demo", "client_secret", "demo-secret"}
	tests := []struct {
		name   string
		body   string
		change func(*http.Request)
		status int
		code   string
	}{
		{"wrong secret", form("grant_type", "client_credentials", "client_id", "demo", "client_secret", "other"), nil, 401, "invalid_client"},
		{"unknown client", form("grant_type", "client_credentials", "client_id", "nobody", "client_secret", "demo-secret"), nil, 401, "invalid_client"},
		{"no client", form("grant_type", "client_credentials"), nil, 401, "invalid_client"},
		{"wrong secret by HTTP Basic", form("grant_type", "client_credentials"), func(r *http.Request) { r.SetBasicAuth("demo", "other") }, 401, "invalid_client"},
		{"another grant", form("grant_type", "password", "client_id", "demo", "client_secret", "demo-secret"), nil, 400, "unsupported_grant_type"},
		{"no grant", form("client_id", "demo", "client_secret", "demo-secret"), nil, 400, "invalid_request"},
		{"unknown scope", form(append(good, "scope", "tasks/write admin")...), nil, 400, "invalid_scope"},
		{"a field twice", form(append(good, "client_id", "demo")...), nil, 400, "invalid_request"},
		{"two secrets", form(good...), func(r *http.Request) { r.SetBasicAuth("demo", "demo-secret") }, 400, "invalid_request"},
		{"JSON", `{}`, func(r *http.Request) { r.Header.Set("Content-Type", "application/json") }, 400, "invalid_request"},
		{"a broken form", "grant_type=%zz", nil, 400, "invalid_request"},
		{"a huge form", form(append(good, "x", strings.Repeat("x", 1<<20))...), nil, 400, "invalid_request"},
		{"GET", form(good...), func(r *http.Request) { r.Method = http.MethodGet }, 405, "invalid_request"},
		{"credentials in the query", "", func(r *http.Request) { r.URL.RawQuery = form(good...) }, 400, "invalid_request"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			answer := ask(test.body, test.change)
			document := decode(t, answer)
			if answer.StatusCode != test.status || document["error"] != test.code {
				t.Errorf("got %d %v, want %d %s", answer.StatusCode, document, test.status, test.code)
			}
			if document["access_token"] != nil {
				t.Error("a refusal carries a token")
			}
		})
	}
}

func TestOnlyACallerByHTTPBasicIsChallengedForIt(t *testing.T) {
	body := form("grant_type", "client_credentials")
	if got := ask(body, func(r *http.Request) { r.SetBasicAuth("demo", "x") }).Header.Get("WWW-Authenticate"); !strings.HasPrefix(got, "Basic ") {
		t.Errorf("with HTTP Basic: got %q", got)
	}
	if got := ask(body, nil).Header.Get("WWW-Authenticate"); got != "" {
		t.Errorf("without: got %q", got)
	}
}

func TestAnotherKeyIsNotFound(t *testing.T) {
	if _, found := issuer().Key("another"); found {
		t.Error("the issuer vouches for a key it does not have")
	}
}
