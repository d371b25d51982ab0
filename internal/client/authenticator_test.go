package client_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

func isCode(err error, code task.Code) bool {
	var refusal *task.Error
	return errors.As(err, &refusal) && refusal.Code == code
}

func TestATokenSaysWhoTheCallerIs(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken)
	if err != nil {
		t.Fatal(err)
	}
	if caller.AccountID() != "account-1" || caller.UserID() != "demo.user" || caller.ClientID() != "demo" ||
		!slices.Equal(caller.Scopes(), []string{task.ScopeRead, task.ScopeWrite}) {
		t.Errorf("got %+v", caller)
	}
}

func TestATokenLosesTheScopesThatItsClientLoses(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	demoted := w.clients["demo"]
	demoted.Scopes = []string{task.ScopeRead}
	w.clients["demo"] = demoted
	caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken)
	if err != nil || !slices.Equal(caller.Scopes(), []string{task.ScopeRead}) {
		t.Errorf("got the scopes %v and %v, want %s alone", caller.Scopes(), err, task.ScopeRead)
	}
}

// asking is a token, and the events between its issue and its use.
type asking struct {
	*world
	access, refresh string
}

func TestWhichTokensAreNotGood(t *testing.T) {
	tests := []struct {
		name   string
		happen func(*testing.T, *asking)
	}{
		{"no token", func(_ *testing.T, a *asking) { a.access = "" }},
		{"no random part", func(_ *testing.T, a *asking) { a.access, _, _ = strings.Cut(a.access, ".") }},
		{"another random part", func(_ *testing.T, a *asking) { a.access = a.access[:len(a.access)-43] + strings.Repeat("A", 43) }},
		{"another client's id", func(t *testing.T, a *asking) {
			a.register(t, "gemo")
			a.access = "Z2Vtbw" + a.access[len("Z2Vtbw"):]
		}},
		{"a line end after it", func(_ *testing.T, a *asking) { a.access += "\n" }},
		{"a refresh token", func(_ *testing.T, a *asking) { a.access = a.refresh }},
		{"a stored refresh token under an access token's name", func(_ *testing.T, a *asking) {
			for key, token := range a.tokens {
				token.Kind = client.KindRefresh
				a.tokens[key] = token
			}
		}},
		{"an expired one", func(_ *testing.T, a *asking) { a.advance(client.AccessLifetime) }},
		{"one of a client that was removed", func(t *testing.T, a *asking) { a.remove(t, "demo") }},
		{"one of an earlier registration", func(t *testing.T, a *asking) {
			a.remove(t, "demo")
			a.register(t, "demo")
		}},
		{"one that was revoked", func(t *testing.T, a *asking) { a.revoke(t, "demo") }},
		{"one of a secret that was retired", func(t *testing.T, a *asking) { a.replaceSecret(t, "demo") }},
		{"one whose item is another token's", func(_ *testing.T, a *asking) {
			for key, token := range a.tokens {
				token.Hash = "another"
				a.tokens[key] = token
			}
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			grant := w.issue(t, credentials("demo", w.register(t, "demo")))
			a := &asking{w, grant.AccessToken, grant.RefreshToken}
			test.happen(t, a)
			caller, err := w.authenticator.Authenticate(t.Context(), a.access)
			if !isCode(err, task.CodeUnauthorized) || caller.AccountID() != "" {
				t.Errorf("got %+v and %v, want %s", caller, err, task.CodeUnauthorized)
			}
		})
	}
}

func TestAStoreThatDoesNotAnswerLetsNobodyIn(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	w.fail = &task.Error{Code: task.CodeUnavailable}
	if caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); !isCode(err, task.CodeUnavailable) || caller.AccountID() != "" {
		t.Errorf("got %+v and %v, want %s", caller, err, task.CodeUnavailable)
	}
}

func TestARecordThatNoCallerCanHaveIsNotOne(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	foreign := w.clients["demo"]
	foreign.AccountID = "1#2"
	w.clients["demo"] = foreign
	if caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); err == nil {
		t.Errorf("got %+v, want an error", caller)
	}
}

func TestAGoodTokenIsRememberedForAMinuteOfTheWallClock(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	asked := func(step time.Duration) int {
		t.Helper()
		w.advance(step)
		before := w.loads
		if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); err != nil {
			t.Fatal(err)
		}
		return w.loads - before
	}
	for _, step := range []struct {
		name    string
		advance time.Duration
		want    int
	}{
		{"the first time", 0, 1},
		{"at once", 0, 0},
		{"just within a minute", client.CacheAge - 1, 0},
		{"after a minute", 1, 1},
		{"after the clock was set back", -time.Second, 1},
		{"after a sandbox was frozen", time.Hour, 1},
	} {
		if got := asked(step.advance); got != step.want {
			t.Errorf("%s: the store was asked %d times, want %d", step.name, got, step.want)
		}
	}
}

// time.Now also has the monotonic clock, which stands still in a frozen sandbox.
func TestTheAgeIsNotTheMonotonicClocks(t *testing.T) {
	w := newWorld()
	w.clock.time = time.Now()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); err != nil {
		t.Fatal(err)
	}
	if got := w.authenticator.CheckedAt(grant.AccessToken); got.IsZero() || got != got.Round(0) {
		t.Errorf("got the time %v, want one without a monotonic reading", got)
	}
}

func TestARememberedTokenExpiresAllTheSame(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	w.advance(client.AccessLifetime - time.Second)
	if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); err != nil {
		t.Fatal(err)
	}
	w.advance(time.Second)
	if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); !isCode(err, task.CodeUnauthorized) {
		t.Errorf("got %v, want %s", err, task.CodeUnauthorized)
	}
}

func TestRefusalsAreNotRemembered(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	kept := w.clients["demo"]
	delete(w.clients, "demo")
	if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); !isCode(err, task.CodeUnauthorized) {
		t.Fatalf("got %v, want %s", err, task.CodeUnauthorized)
	}
	w.clients["demo"] = kept
	caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken)
	if err != nil || caller.ClientID() != "demo" {
		t.Errorf("got %+v and %v once the client is there again", caller, err)
	}
}

func TestTheOldestTokenIsForgottenForTheNewest(t *testing.T) {
	w := newWorld()
	request := credentials("demo", w.register(t, "demo"))
	first := w.issue(t, request).AccessToken
	var second, last string
	for i := range client.CacheSize + 1 {
		last = first
		if i > 0 {
			// Copying a token under another name avoids hashing the secret.
			last = w.copyToken(t, first)
		}
		if i == 1 {
			second = last
		}
		if _, err := w.authenticator.Authenticate(t.Context(), last); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name, token string
		want        int
	}{{"the second", second, 0}, {"the last", last, 0}, {"the first", first, 1}} {
		before := w.loads
		if _, err := w.authenticator.Authenticate(t.Context(), test.token); err != nil {
			t.Fatal(err)
		}
		if got := w.loads - before; got != test.want {
			t.Errorf("%s token: the store was asked %d times, want %d", test.name, got, test.want)
		}
	}
}
