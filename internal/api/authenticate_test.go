package api_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// deciding is an Authenticator with a given answer for every token. It keeps the tokens.
type deciding struct {
	caller task.Caller
	err    error
	asked  []string
}

func (d *deciding) Authenticate(_ context.Context, token string) (task.Caller, error) {
	d.asked = append(d.asked, token)
	return d.caller, d.err
}

func TestWhatOfAnAuthorizationIsTheToken(t *testing.T) {
	for name, test := range map[string]struct {
		lines     []string
		token     string // empty: nobody is asked
		challenge string
	}{
		"as it should be":         {lines: []string{"Bearer a.b"}, token: "a.b"},
		"the scheme in capitals":  {lines: []string{"BEARER a.b"}, token: "a.b"},
		"the scheme in small":     {lines: []string{"bearer a.b"}, token: "a.b"},
		"several spaces":          {lines: []string{"Bearer   a.b"}, token: "a.b"},
		"space around":            {lines: []string{" \tBearer a.b\t "}, token: "a.b"},
		"an empty line beside it": {lines: []string{"", "Bearer a.b", " "}, token: "a.b"},
		"two words":               {lines: []string{"Bearer a b"}, token: "a b"},
		"an empty line, joined":   {lines: []string{"Bearer a.b, ,"}, token: "a.b"},

		"none":                      {challenge: `Bearer`},
		"an empty line":             {lines: []string{""}, challenge: `Bearer`},
		"spaces":                    {lines: []string{" \t "}, challenge: `Bearer`},
		"the scheme alone":          {lines: []string{"Bearer"}, challenge: `Bearer`},
		"the scheme and spaces":     {lines: []string{"Bearer   "}, challenge: `Bearer`},
		"the token alone":           {lines: []string{"a.b"}, challenge: `Bearer`},
		"Basic":                     {lines: []string{"Basic ZGVtbzpkZW1vLXNlY3JldA=="}, challenge: `Bearer`},
		"a longer scheme":           {lines: []string{"Bearers a.b"}, challenge: `Bearer`},
		"no space":                  {lines: []string{"Bearera.b"}, challenge: `Bearer`},
		"a tab for the space":       {lines: []string{"Bearer\ta.b"}, challenge: `Bearer`},
		"a colon for the space":     {lines: []string{"Bearer:a.b"}, challenge: `Bearer`},
		"letters that look like it": {lines: []string{"Be\u0430rer a.b"}, challenge: `Bearer`},
		"two":                       {lines: []string{"Bearer a.b", "Bearer c.d"}, challenge: `Bearer error="invalid_token"`},
		"the same one twice":        {lines: []string{"Bearer a.b", "Bearer a.b"}, challenge: `Bearer error="invalid_token"`},
		"joined by a gateway":       {lines: []string{"Bearer a.b,Bearer c.d"}, challenge: `Bearer error="invalid_token"`},
		"the same one, joined":      {lines: []string{"Bearer a.b, Bearer a.b"}, challenge: `Bearer error="invalid_token"`},
		"joined to Basic":           {lines: []string{"basic ZGVtbzpkZW1v,bearer a.b"}, challenge: `Bearer error="invalid_token"`},
		"joined to another scheme":  {lines: []string{`Digest a="b", c=d,Bearer a.b`}, challenge: `Bearer error="invalid_token"`},
		"a scheme with commas":      {lines: []string{"AWS4-HMAC-SHA256 Credential=a, SignedHeaders=host, Signature=b"}, challenge: `Bearer`},
		"one beside Basic":          {lines: []string{"Basic ZGVtbzpkZW1v", "Bearer a.b"}, challenge: `Bearer error="invalid_token"`},
	} {
		t.Run(name, func(t *testing.T) {
			s := newService()
			asked := &deciding{caller: caller}
			s.callers = asked
			w := s.send(request(from(), header("Authorization", test.lines...)))
			if got := strings.Join(asked.asked, "|"); got != test.token {
				t.Errorf("got the token %q, want %q", got, test.token)
			}
			if got := w.Header().Get("WWW-Authenticate"); got != test.challenge || (w.Code == http.StatusUnauthorized) != (test.token == "") {
				t.Errorf("got %d and the challenge %q, want %q", w.Code, got, test.challenge)
			}
		})
	}
}

// TestWhoTheCallerIsDecidesTheAnswer checks the answers in both formats.
func TestWhoTheCallerIsDecidesTheAnswer(t *testing.T) {
	unavailable := &task.Error{Code: task.CodeUnavailable, Cause: errors.New("stalled"), Reason: "Try again."}
	for name, test := range map[string]struct {
		caller          task.Caller
		err             error
		status          int
		code            task.Code
		challenge, wait string
	}{
		"a good one":           {caller, nil, 200, "", "", ""},
		"a bad token":          {task.Caller{}, &task.Error{Code: task.CodeUnauthorized}, 401, task.CodeUnauthorized, `Bearer error="invalid_token"`, ""},
		"another scope":        {task.NewCaller("a", "u", "c", task.ScopeRead), nil, 403, task.CodeForbidden, `Bearer error="insufficient_scope", scope="tasks/write"`, ""},
		"no scope":             {task.NewCaller("a", "u", "c"), nil, 403, task.CodeForbidden, `Bearer error="insufficient_scope", scope="tasks/write"`, ""},
		"nobody, and no error": {task.Caller{}, nil, 403, task.CodeForbidden, `Bearer error="insufficient_scope", scope="tasks/write"`, ""},
		"no answer":            {task.Caller{}, unavailable, 503, task.CodeUnavailable, "", "1"},
		"no answer, somebody":  {caller, unavailable, 503, task.CodeUnavailable, "", "1"},
		"an odd record":        {task.Caller{}, errors.New("an odd record"), 500, task.CodeInternalError, "", ""},
	} {
		for _, accept := range []string{"application/json", "application/xml"} {
			t.Run(name+" "+accept, func(t *testing.T) {
				s := newService()
				s.callers = &deciding{caller: test.caller, err: test.err}
				w := s.send(request(header("Accept", accept)))
				if w.Code != test.status || !strings.Contains(w.Body.String(), string(test.code)) || !strings.HasPrefix(w.Header().Get("Content-Type"), accept) {
					t.Errorf("got %d, %s and %s, want %d %s", w.Code, w.Header(), w.Body, test.status, test.code)
				}
				if challenge, wait := w.Header().Get("WWW-Authenticate"), w.Header().Get("Retry-After"); challenge != test.challenge || wait != test.wait {
					t.Errorf("got the challenge %q and Retry-After %q, want %q and %q", challenge, wait, test.challenge, test.wait)
				}
				if got := len(s.updater.drafts); got > 0 != (test.status == http.StatusOK) {
					t.Errorf("%d updates were made", got)
				}
			})
		}
	}
}

// TestWithoutAnAuthenticatorNobodyIsLetIn checks a service that was constructed without an authenticator.
func TestWithoutAnAuthenticatorNobodyIsLetIn(t *testing.T) {
	s := newService()
	s.callers = nil
	if w := s.send(request()); w.Code != http.StatusInternalServerError || len(s.updater.drafts) > 0 {
		t.Errorf("got %d and %d updates, want 500 and none", w.Code, len(s.updater.drafts))
	}
}

// FuzzAuthorization checks that only a header with one valid token lets a caller in, whatever else it contains.
func FuzzAuthorization(f *testing.F) {
	good := clienttest.Token(caller)
	for _, seed := range []string{"Bearer " + good, "bearer  " + good + " ", good, "Bearer " + good + "," + good, "Basic eDp5", "Bearer", "Bearer \x00", "Bearer a.b.c", "\tBEARER\t" + good} {
		f.Add(seed, "")
	}
	f.Add("Bearer "+good, "Bearer "+good)
	f.Add("", "Bearer "+good)
	service := api.New(clienttest.Named{}, &updater{}, now, telemetry.Discard())
	f.Fuzz(func(t *testing.T, first, second string) {
		w := httptest.NewRecorder()
		service.ServeHTTP(w, request(header("Authorization", first, second)))
		sent := strings.TrimFunc(first+" "+second, func(c rune) bool { return c == ',' || unicode.IsSpace(c) })
		scheme, token, _ := strings.Cut(sent, " ")
		switch c, err := (clienttest.Named{}).Authenticate(t.Context(), strings.TrimLeft(token, " ")); {
		case w.Code == http.StatusOK && (err != nil || !strings.EqualFold(scheme, "bearer") || !c.Allows(task.ScopeWrite)):
			t.Errorf("%q and %q let somebody in", first, second)
		case w.Code != http.StatusOK && w.Code != http.StatusUnauthorized && w.Code != http.StatusForbidden:
			t.Errorf("got %d for %q and %q", w.Code, first, second)
		case w.Code != http.StatusOK && !strings.HasPrefix(w.Header().Get("WWW-Authenticate"), "Bearer"):
			t.Errorf("got %d without a challenge for %q and %q", w.Code, first, second)
		}
	})
}
