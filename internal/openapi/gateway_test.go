package openapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/oauth"
	"accounttasks/internal/openapi/openapitest"
)

// TestGatewaysOwnAnswers has the gateway refuse what it refuses by itself, and compares each answer with the
// document's example of it. Only its 429 is not seen here: nothing throttles the local gateway.
func TestGatewaysOwnAnswers(t *testing.T) {
	for status, c := range map[int]struct {
		scope, body string
		header      int
		failure     error
	}{
		http.StatusUnauthorized:                {},
		http.StatusForbidden:                   {scope: "tasks/read"},
		http.StatusRequestEntityTooLarge:       {scope: "tasks/write", body: strings.Repeat(" ", 10<<20+1)},
		http.StatusRequestHeaderFieldsTooLarge: {scope: "tasks/write", header: 10 << 10},
		http.StatusInternalServerError:         {scope: "tasks/write", failure: errors.New("the function crashed")},
		http.StatusServiceUnavailable:          {scope: "tasks/write", failure: context.DeadlineExceeded},
	} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			api, issuer := gateway(t, c.failure)
			r := httptest.NewRequest(http.MethodPut, "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9", strings.NewReader(c.body))
			r.Header.Set("Idempotency-Key", strings.Repeat("k", c.header))
			if c.scope != "" {
				r.Header.Set("Authorization", "Bearer "+accessToken(t, issuer, c.scope))
			}
			w := httptest.NewRecorder()
			api.ServeHTTP(w, r)
			if w.Code != status {
				t.Fatalf("got status %d, want %d", w.Code, status)
			}
			openapitest.CheckAnswer(t, openapitest.Answer{Status: w.Code, Header: w.Header(), Body: w.Body.String()})
			compareMessage(t, w)
		})
	}
}

func compareMessage(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	var got map[string]string
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	put := openapitest.Root(t).At("paths", "/api/v1/admin/tasks/account/{id}", "put")
	examples := put.At("responses", strconv.Itoa(w.Code), "content", "application/json", "examples")
	if want := examples.At("Gateway", "value", "message").Text(); got["message"] != want {
		t.Errorf("the gateway says %q, the document shows %q", got["message"], want)
	}
}

// failing is a function that never answers.
type failing struct{ err error }

func (f failing) Invoke(context.Context, string, string, []byte) ([]byte, error) { return nil, f.err }

// gateway is a gateway before a function that fails, and the issuer of its tokens.
func gateway(t *testing.T, failure error) (*apigateway.Gateway, *oauth.Issuer) {
	t.Helper()
	issuer, err := oauth.NewIssuer(oauth.Config{
		Issuer: "http://issuer.test", Audience: "tasks", Scopes: []string{"tasks/write", "tasks/read"},
		Clients: []oauth.Client{{ID: "demo", Secret: "demo-secret"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	api, err := apigateway.New(apigateway.Config{
		Routes: []apigateway.Route{{
			Method: http.MethodPut, Path: "/api/v1/admin/tasks/account/{id}", Scopes: []string{"tasks/write"},
			Authorizer: &apigateway.JWTAuthorizer{Issuer: "http://issuer.test", Audience: []string{"tasks"}},
		}},
		Keys: issuer.Key, Invoker: failing{failure},
	})
	if err != nil {
		t.Fatal(err)
	}
	return api, issuer
}

func accessToken(t *testing.T, issuer *oauth.Issuer, scope string) string {
	t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {"demo-secret"}, "scope": {scope}}
	r := httptest.NewRequest(http.MethodPost, "/Token", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	issuer.ServeHTTP(w, r)
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal(w.Body.Bytes(), &granted); err != nil || granted.AccessToken == "" {
		t.Fatalf("no token: %s", w.Body)
	}
	return granted.AccessToken
}
