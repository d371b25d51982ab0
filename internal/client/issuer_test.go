package client_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

func TestATokenIsLikeTheOriginals(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	id, rest, _ := strings.Cut(grant.AccessToken, ".")
	if id != "ZGVtbw" || len(rest) != 43 || grant.ExpiresIn != 8*time.Hour || grant.RefreshToken == "" || grant.Scope != "" {
		t.Errorf("got %d characters after %q, %v, scope %q", len(rest), id, grant.ExpiresIn, grant.Scope)
	}
	again := w.issue(t, client.TokenRequest{
		GrantType: client.GrantRefreshToken, RefreshToken: grant.RefreshToken, Credentials: credentials("demo", w.secret).Credentials,
	})
	if again.AccessToken == grant.AccessToken || again.RefreshToken == grant.RefreshToken {
		t.Error("a token was issued twice")
	}
}

func TestNothingThatIsStoredWorksAsATokenOrSecret(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	for key, token := range w.tokens {
		for _, stored := range []string{key, token.Hash, token.Family, token.Generation} {
			for _, secret := range []string{w.secret, grant.AccessToken, grant.RefreshToken} {
				if strings.Contains(stored, secret) || strings.Contains(secret, stored) && stored != token.Family {
					t.Errorf("%q is stored", stored)
				}
			}
		}
	}
	for _, hash := range w.hashes["demo"] {
		if strings.Contains(string(hash), w.secret) {
			t.Error("the secret is stored")
		}
		w.refuse(t, credentials("demo", string(hash)), client.InvalidClient)
	}
}

func TestWhichRequestsAreRefused(t *testing.T) {
	w := newWorld()
	good := credentials("demo", w.register(t, "demo"))
	other := w.register(t, "other")
	with := func(change func(*client.TokenRequest)) client.TokenRequest {
		r := good
		r.Credentials = slices.Clone(r.Credentials)
		change(&r)
		return r
	}
	tests := []struct {
		name    string
		request client.TokenRequest
		want    client.OAuthCode
	}{
		{"no grant", with(func(r *client.TokenRequest) { r.GrantType = "" }), client.InvalidRequest},
		{"another grant", with(func(r *client.TokenRequest) { r.GrantType = "password" }), client.UnsupportedGrantType},
		{"no refresh token", with(func(r *client.TokenRequest) { r.GrantType = client.GrantRefreshToken }), client.InvalidRequest},
		{"no credentials", with(func(r *client.TokenRequest) { r.Credentials = nil }), client.InvalidClient},
		{"a wrong secret", credentials("demo", w.secret+"x"), client.InvalidClient},
		{"another client's secret", credentials("demo", other), client.InvalidClient},
		{"an unknown client", credentials("nobody", w.secret), client.InvalidClient},
		{"an id that none can have", credentials("a\nb", w.secret), client.InvalidClient},
		{"no id", credentials("", w.secret), client.InvalidClient},
		{"no scope of the client's", with(func(r *client.TokenRequest) { r.Scope = "clients/write admin" }), client.InvalidScope},
		{"an access token to refresh", with(func(r *client.TokenRequest) {
			r.GrantType, r.RefreshToken = client.GrantRefreshToken, w.issue(t, good).AccessToken
		}), client.InvalidGrant},
		{"another client's refresh token", client.TokenRequest{
			GrantType: client.GrantRefreshToken, RefreshToken: w.issue(t, good).RefreshToken, Credentials: credentials("other", other).Credentials,
		}, client.InvalidGrant},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { w.refuse(t, test.request, test.want) })
	}
}

func TestWhichScopesAreGranted(t *testing.T) {
	tests := []struct{ name, asked, granted, answered string }{
		{"none", "", "tasks/read tasks/write", ""},
		{"all", "tasks/write tasks/read", "tasks/read tasks/write", ""},
		{"one", "tasks/read", "tasks/read", ""},
		{"one twice", "tasks/read  tasks/read", "tasks/read", ""},
		{"an unknown one beside", "tasks/read openid", "tasks/read", "tasks/read"},
		{"one that the client does not have", "tasks/write clients/write", "tasks/write", "tasks/write"},
	}
	w := newWorld()
	w.register(t, "demo")
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := credentials("demo", w.secret)
			request.Scope = test.asked
			grant := w.issue(t, request)
			caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken)
			if got := strings.Join(caller.Scopes(), " "); err != nil || got != test.granted || grant.Scope != test.answered {
				t.Errorf("granted %q, answered %q, %v, want %q and %q", got, grant.Scope, err, test.granted, test.answered)
			}
		})
	}
}

func TestOneOfSeveralReadingsOfTheCredentialsIsEnough(t *testing.T) {
	w := newWorld()
	right := client.Credential{ClientID: "demo", Secret: w.register(t, "demo")}
	wrong := client.Credential{ClientID: "demo", Secret: "wrong"}
	for _, readings := range [][]client.Credential{{right, wrong}, {wrong, right}} {
		if grant := w.issue(t, client.TokenRequest{GrantType: client.GrantClientCredentials, Credentials: readings}); grant.ClientID != "demo" {
			t.Errorf("got a token for %q", grant.ClientID)
		}
	}
}

// refreshing is a request for new tokens with a refresh token.
func (w *world) refreshing(refresh string) client.TokenRequest {
	r := credentials("demo", w.secret)
	r.GrantType, r.RefreshToken = client.GrantRefreshToken, refresh
	return r
}

func TestARefreshTokenIsUsedOnceAndRepeatedWithinAMinute(t *testing.T) {
	w := newWorld()
	first := w.issue(t, credentials("demo", w.register(t, "demo")))
	second := w.issue(t, w.refreshing(first.RefreshToken))
	w.advance(client.RepeatWindow)
	repeated := w.issue(t, w.refreshing(first.RefreshToken))
	for name, grant := range map[string]client.Grant{"the first use": second, "the repeat": repeated} {
		if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); err != nil {
			t.Errorf("the access token of %s: %v", name, err)
		}
		w.issue(t, w.refreshing(grant.RefreshToken))
	}
}

func TestALaterReuseRevokesTheFamily(t *testing.T) {
	w := newWorld()
	first := w.issue(t, credentials("demo", w.register(t, "demo")))
	bystander := w.issue(t, credentials("demo", w.secret))
	second := w.issue(t, w.refreshing(first.RefreshToken))
	third := w.issue(t, w.refreshing(second.RefreshToken))
	w.advance(client.RepeatWindow + 1)
	w.refuse(t, w.refreshing(first.RefreshToken), client.InvalidGrant)
	w.refuse(t, w.refreshing(third.RefreshToken), client.InvalidGrant)
	w.issue(t, w.refreshing(bystander.RefreshToken))
}

func TestWhatEndsARefreshToken(t *testing.T) {
	tests := []struct {
		name   string
		happen func(*testing.T, *world)
	}{
		{"thirty days", func(_ *testing.T, w *world) { w.advance(client.RefreshLifetime) }},
		{"a new registration", func(t *testing.T, w *world) {
			w.remove(t, "demo")
			w.register(t, "demo")
		}},
		{"a revocation", func(t *testing.T, w *world) { w.revoke(t, "demo") }},
		{"its secret retired", func(t *testing.T, w *world) { w.secret = w.replaceSecret(t, "demo") }},
		{"a store that lost it", func(_ *testing.T, w *world) { clear(w.tokens) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld()
			grant := w.issue(t, credentials("demo", w.register(t, "demo")))
			test.happen(t, w)
			w.refuse(t, w.refreshing(grant.RefreshToken), client.InvalidGrant)
		})
	}
}

func TestARefreshNarrowsTheAccessTokenAndNotTheNextRefreshToken(t *testing.T) {
	w := newWorld()
	narrow := w.refreshing(w.issue(t, credentials("demo", w.register(t, "demo"))).RefreshToken)
	narrow.Scope = "tasks/read"
	narrowed := w.issue(t, narrow)
	w.grants(t, narrowed, task.ScopeRead)
	w.grants(t, w.issue(t, w.refreshing(narrowed.RefreshToken)), task.ScopeRead, task.ScopeWrite)
}

// grants checks the scopes of a grant's access token.
func (w *world) grants(t *testing.T, grant client.Grant, want ...string) {
	t.Helper()
	caller, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken)
	if err != nil || !slices.Equal(caller.Scopes(), want) {
		t.Errorf("got %v and %v, want %v", caller.Scopes(), err, want)
	}
}

func TestARefreshTokenGrantsNoMoreThanItsScopes(t *testing.T) {
	w := newWorld()
	request := credentials("demo", w.register(t, "demo"))
	request.Scope = "tasks/read"
	wide := w.refreshing(w.issue(t, request).RefreshToken)
	wide.Scope = "tasks/write"
	w.refuse(t, wide, client.InvalidScope)
	wide.Scope = ""
	w.grants(t, w.issue(t, wide), task.ScopeRead)
}

func TestAStoreThatDoesNotAnswerIsNoRefusal(t *testing.T) {
	w := newWorld()
	request := credentials("demo", w.register(t, "demo"))
	refresh := w.refreshing(w.issue(t, request).RefreshToken)
	w.fail = &task.Error{Code: task.CodeUnavailable}
	for name, r := range map[string]client.TokenRequest{"client_credentials": request, "refresh_token": refresh} {
		if grant, err := w.issuer.Issue(t.Context(), r); !isCode(err, task.CodeUnavailable) {
			t.Errorf("%s: got %+v and %v, want %s", name, grant, err, task.CodeUnavailable)
		}
	}
}
