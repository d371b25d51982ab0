package api_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/telemetry"
)

// issuer is an api.Tokens with given answers, which keeps its requests.
type issuer struct {
	err    error
	asked  []client.TokenRequest
	scope  string
	panics bool
}

func (i *issuer) Issue(_ context.Context, r client.TokenRequest) (client.Grant, error) {
	i.asked = append(i.asked, r)
	if i.panics {
		panic("a-secret")
	}
	return client.Grant{
		AccessToken: "an-access-token", RefreshToken: "a-refresh-token", ExpiresIn: 8 * time.Hour, Scope: i.scope, ClientID: "demo",
	}, i.err
}

// tokenService is the token's service on an issuer, with its log and its metrics.
type tokenService struct {
	issuer       issuer
	clients      registry
	log, metrics bytes.Buffer
}

func (s *tokenService) send(r *http.Request) *httptest.ResponseRecorder {
	getenv := func(string) string { return "the-function" }
	recorder := telemetry.NewRecorder(slog.New(slog.NewJSONHandler(&s.log, nil)), telemetry.NewMetrics(getenv, now, &s.metrics))
	w := httptest.NewRecorder()
	api.NewToken(clienttest.Named{}, &s.issuer, &s.clients, now, recorder).ServeHTTP(w, r)
	return w
}

const tokenForm = "grant_type=client_credentials&client_id=demo&client_secret=a-secret"

// tokenRequest is a valid request for a token, changed by the functions.
func tokenRequest(form string, changes ...func(*http.Request)) *http.Request {
	r := httptest.NewRequest(http.MethodPost, "/Token", strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, change := range changes {
		change(r)
	}
	return r
}

func basic(id, secret string) func(*http.Request) {
	return header("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(id+":"+secret)))
}

func oauthError(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var document map[string]string
	if err := json.Unmarshal(w.Body.Bytes(), &document); err != nil || document["error_description"] == "" {
		t.Fatalf("got the body %s and %v, want an error of RFC 6749", w.Body, err)
	}
	return document["error"]
}

func TestATokenIsAnsweredAsTheOriginalDid(t *testing.T) {
	s := &tokenService{}
	w := s.send(tokenRequest(tokenForm))
	want := `{"access_token":"an-access-token","token_type":"bearer","expires_in":28799,"refresh_token":"a-refresh-token"}`
	if w.Code != 200 || w.Body.String() != want {
		t.Errorf("got %d and %s, want %s", w.Code, w.Body, want)
	}
	for name, want := range map[string]string{
		"Content-Type": "application/json;charset=UTF-8", "Cache-Control": "no-store", "Pragma": "no-cache",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("got %s %q, want %q", name, got, want)
		}
	}
	s.issuer.scope = "tasks/read"
	if w := s.send(tokenRequest(tokenForm)); !strings.HasSuffix(w.Body.String(), `,"scope":"tasks/read"}`) {
		t.Errorf("got %s, want the scope in it", w.Body)
	}
}

func TestHowCredentialsAreRead(t *testing.T) {
	grant := "grant_type=client_credentials"
	demo := []client.Credential{{ClientID: "demo", Secret: "a-secret"}}
	tests := []struct {
		name    string
		request *http.Request
		want    []client.Credential
	}{
		{"in the form", tokenRequest(tokenForm), demo},
		{"without a Content-Type", tokenRequest(tokenForm, header("Content-Type")), demo},
		{"with a charset", tokenRequest(tokenForm, header("Content-Type", "Application/X-WWW-Form-URLencoded; charset=utf-8")), demo},
		{"names in other cases", tokenRequest("Grant_Type=client_credentials&CLIENT_ID=demo&client_Secret=a-secret"), demo},
		{"beside empty ones", tokenRequest(tokenForm + "&client_id=&scope="), demo},
		{"escaped in the form", tokenRequest(grant + "&client_id=a+b&client_secret=p%3A%25%26w"), []client.Credential{{ClientID: "a b", Secret: "p:%&w"}}},
		{"as Basic", tokenRequest(grant, basic("demo", "a-secret")), demo},
		{"as Basic in another case", tokenRequest(grant, header("Authorization", "basic  ZGVtbzphLXNlY3JldA")), demo},
		{"as Basic with the id in the form too", tokenRequest(grant+"&client_id=demo", basic("demo", "a-secret")), demo},
		{"as Basic, escaped", tokenRequest(grant, basic(url.QueryEscape("a b"), url.QueryEscape("p:%"))),
			[]client.Credential{{ClientID: "a b", Secret: "p:%"}, {ClientID: "a+b", Secret: "p%3A%25"}}},
		{"as Basic, escaped, with the id in the form too", tokenRequest(grant+"&client_id=a+b", basic("a+b", "p")), []client.Credential{{ClientID: "a b", Secret: "p"}}},
		{"as Basic, raw, that cannot be unescaped", tokenRequest(grant, basic("demo", "50%")), []client.Credential{{ClientID: "demo", Secret: "50%"}}},
		{"as Basic with a colon in the secret", tokenRequest(grant, basic("demo", "a:b")), []client.Credential{{ClientID: "demo", Secret: "a:b"}}},
		{"an empty Authorization header", tokenRequest(tokenForm, header("Authorization", "")), demo},
		{"beside a token", tokenRequest(tokenForm, header("Authorization", "Bearer x")), demo},
		{"beside several of other schemes", tokenRequest(tokenForm, header("Authorization", "Bearer x", "Digest a=b, c=d")), demo},
		{"after a byte order mark", tokenRequest("\ufeff" + tokenForm), demo},
		{"a percent sign and a semicolon that are not escaped", tokenRequest(grant + "&client_id=demo&client_secret=50%;x%zz=%3b"),
			[]client.Credential{{ClientID: "demo", Secret: "50%;x%zz=;"}}},
		{"no secret", tokenRequest(grant + "&client_id=demo"), nil},
		{"an empty secret", tokenRequest(grant + "&client_id=demo&client_secret="), nil},
		{"in the query", tokenRequest(grant, func(r *http.Request) { r.URL.RawQuery = tokenForm }), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &tokenService{}
			if w := s.send(test.request); w.Code != 200 {
				t.Fatalf("got %d and %s", w.Code, w.Body)
			}
			want := client.TokenRequest{GrantType: "client_credentials", Credentials: test.want}
			if got := s.issuer.asked[0]; !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
}

func TestARefreshIsRead(t *testing.T) {
	s := &tokenService{}
	s.send(tokenRequest("grant_type=refresh_token&refresh_token=r&scope=tasks%2Fread&client_id=demo&client_secret=a-secret"))
	want := client.TokenRequest{GrantType: "refresh_token", RefreshToken: "r", Scope: "tasks/read",
		Credentials: []client.Credential{{ClientID: "demo", Secret: "a-secret"}}}
	if len(s.issuer.asked) != 1 || !reflect.DeepEqual(s.issuer.asked[0], want) {
		t.Errorf("got %+v, want %+v", s.issuer.asked, want)
	}
}

func TestWhichTokenRequestsCannotBeRead(t *testing.T) {
	tests := []struct {
		name    string
		request *http.Request
		status  int
		code    string
	}{
		{"a repeated parameter", tokenRequest(tokenForm + "&client_id=demo"), 400, "invalid_request"},
		{"one repeated in another case", tokenRequest(tokenForm + "&Client_ID=demo"), 400, "invalid_request"},
		{"an unknown one repeated", tokenRequest(tokenForm + "&x=1&x=2"), 400, "invalid_request"},
		{"two secrets", tokenRequest(tokenForm, basic("demo", "a-secret")), 400, "invalid_request"},
		{"two clients", tokenRequest("grant_type=client_credentials&client_id=other", basic("demo", "a-secret")), 400, "invalid_request"},
		{"JSON", tokenRequest(`{}`, header("Content-Type", "application/json")), 400, "invalid_request"},
		{"a large form", tokenRequest(tokenForm + "&x=" + strings.Repeat("x", 64<<10)), 400, "invalid_request"},
		{"a compressed form", tokenRequest(tokenForm, header("Content-Encoding", "gzip")), 400, "invalid_request"},
		{"another scheme", tokenRequest("grant_type=client_credentials&client_id=demo", header("Authorization", "Bearer x")), 401, "invalid_client"},
		{"Basic without credentials", tokenRequest(tokenForm, header("Authorization", "Basic")), 401, "invalid_client"},
		{"Basic without a colon", tokenRequest("grant_type=client_credentials", header("Authorization", "Basic ZGVtbw==")), 401, "invalid_client"},
		{"Basic without an id", tokenRequest("grant_type=client_credentials", basic("", "a-secret")), 401, "invalid_client"},
		{"Basic that is not base64", tokenRequest("grant_type=client_credentials", header("Authorization", "Basic ***")), 401, "invalid_client"},
		{"two headers", tokenRequest("grant_type=client_credentials", header("Authorization", "Basic ZGVtbzph", "Basic ZGVtbzph")), 401, "invalid_client"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &tokenService{}
			w := s.send(test.request)
			if got := oauthError(t, w); w.Code != test.status || got != test.code {
				t.Errorf("got %d and %s, want %d and %s", w.Code, w.Body, test.status, test.code)
			}
			if len(s.issuer.asked) > 0 {
				t.Error("the issuer was asked")
			}
			expectChallenge(t, w)
		})
	}
}

// expectChallenge checks that a 401, and no other answer, has a challenge.
func TestWhichPathsAreTheTokens(t *testing.T) {
	for path, want := range map[string]int{
		"/Token": 200, "/token": 200, "/TOKEN": 200, "/%54oken": 200, "/Token/": 200, "//Token": 200,
		"/Tokens": 404, "/": 404, "/api/Token": 404, "/Token/x": 404,
	} {
		s := &tokenService{}
		w := s.send(tokenRequest(tokenForm, func(r *http.Request) {
			r.URL = &url.URL{Path: path}
			r.URL.Path, _ = url.PathUnescape(path)
			r.URL.RawPath = path
		}))
		if w.Code != want {
			t.Errorf("%s: got %d and %s, want %d", path, w.Code, w.Body, want)
		}
		if want == 404 && !strings.Contains(w.Body.String(), `"ErrorCode":"RouteNotFound"`) {
			t.Errorf("%s: got %s, want the envelope", path, w.Body)
		}
	}
	s := &tokenService{}
	if w := s.send(tokenRequest("", func(r *http.Request) { r.Method = http.MethodGet })); w.Code != 405 || w.Header().Get("Allow") != "POST" {
		t.Errorf("GET: got %d and Allow %q, want 405 and POST", w.Code, w.Header().Get("Allow"))
	}
}

func TestNothingOfATokenRequestIsRecordedButTheClient(t *testing.T) {
	for name, i := range map[string]issuer{
		"success": {}, "refusal": {err: &client.OAuthError{Code: client.InvalidClient, Description: "d"}}, "panic": {panics: false},
	} {
		s := &tokenService{issuer: i}
		form := "grant_type=refresh_token&refresh_token=a-refresh-token&client_id=word&client_secret=a-secret&scope=word"
		s.send(tokenRequest(form))
		s.send(tokenRequest("grant_type=client_credentials", basic("word", "a-secret")))
		for _, secret := range []string{"a-secret", "an-access-token", "a-refresh-token", "word", "YS1zZWNyZXQ"} {
			if strings.Contains(s.log.String()+s.metrics.String(), secret) {
				t.Errorf("%s: %q is in the record:\n%s%s", name, secret, s.log.String(), s.metrics.String())
			}
		}
		if !strings.Contains(s.log.String(), `"operation":"IssueToken"`) {
			t.Errorf("%s: got the record %s", name, s.log.String())
		}
	}
}
