package api_test

import (
	"errors"
	"net/http/httptest"
	"strings"
	"testing"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

func expectChallenge(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	if got := strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Basic realm="); got != (w.Code == 401) {
		t.Errorf("got status %d and WWW-Authenticate %q", w.Code, w.Header().Get("WWW-Authenticate"))
	}
}

func TestARepeatedAuthorizationIsRefusedHoweverItArrives(t *testing.T) {
	for _, lines := range [][]string{
		{"Basic ZGVtbzph", "Basic ZGVtbzph"}, {"Basic ZGVtbzph,Basic ZGVtbzph"}, {"Basic ZGVtbzph, Basic eDp5"}, {"Basic ZGVtbzph", "Bearer x"},
	} {
		s := &tokenService{}
		w := s.send(tokenRequest("grant_type=client_credentials", header("Authorization", lines...)))
		want := `{"error":"invalid_client","error_description":"Authorization cannot be sent more than once: send the client's id and secret in one"}`
		if w.Code != 401 || w.Body.String() != want || len(s.issuer.asked) > 0 {
			t.Errorf("%q: got %d and %s, want 401 and %s", lines, w.Code, w.Body, want)
		}
		expectChallenge(t, w)
	}
}

func TestATooLargeTokenRequestIsToldTheLimit(t *testing.T) {
	for _, size := range []int{64<<10 + 1, 2<<20 + 1} {
		w := (&tokenService{}).send(tokenRequest(strings.Repeat("a", size)))
		if want := `"error_description":"the body is too large: send at most 65536 bytes"`; w.Code != 400 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%d bytes: got %d and %s, want 400 and %s", size, w.Code, w.Body, want)
		}
	}
	if w := (&tokenService{}).send(tokenRequest(tokenForm + "&x=" + strings.Repeat("a", 64<<10-3-len(tokenForm)))); w.Code != 200 {
		t.Errorf("at the limit: got %d and %s", w.Code, w.Body)
	}
}

func TestARefusalIsAnsweredAsRFC6749Says(t *testing.T) {
	tests := []struct {
		err    error
		status int
		code   string
	}{
		{&client.OAuthError{Code: client.InvalidClient, Description: "d"}, 401, "invalid_client"},
		{&client.OAuthError{Code: client.InvalidGrant, Description: "d"}, 400, "invalid_grant"},
		{&client.OAuthError{Code: client.InvalidScope, Description: "d"}, 400, "invalid_scope"},
		{&client.OAuthError{Code: client.UnsupportedGrantType, Description: "d"}, 400, "unsupported_grant_type"},
		{&task.Error{Code: task.CodeUnavailable, Reason: "r"}, 503, "temporarily_unavailable"},
		{errors.New("a-secret cause"), 500, "server_error"},
	}
	for _, test := range tests {
		t.Run(test.code, func(t *testing.T) {
			s := &tokenService{issuer: issuer{err: test.err}}
			w := s.send(tokenRequest(tokenForm))
			if got := oauthError(t, w); w.Code != test.status || got != test.code {
				t.Errorf("got %d and %s, want %d and %s", w.Code, w.Body, test.status, test.code)
			}
			if got := w.Header().Get("Retry-After") != ""; got != (test.status == 503) {
				t.Errorf("got Retry-After %q", w.Header().Get("Retry-After"))
			}
			expectChallenge(t, w)
		})
	}
}

func TestAPanicIsAnsweredAsRFC6749Says(t *testing.T) {
	s := &tokenService{issuer: issuer{panics: true}}
	if w := s.send(tokenRequest(tokenForm)); w.Code != 500 || oauthError(t, w) != "server_error" {
		t.Errorf("got %d and %s", w.Code, w.Body)
	}
}
