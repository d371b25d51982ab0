package client_test

import (
	"testing"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// FuzzAccessToken tries texts as tokens. Only the issued token is valid, and a text that cannot be a token is not
// looked up.
func FuzzAccessToken(f *testing.F) {
	w := newWorld()
	_, secret, err := w.registry.Register(f.Context(), record("demo"))
	if err != nil {
		f.Fatal(err)
	}
	grant, err := w.issuer.Issue(f.Context(), credentials("demo", secret))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{grant.AccessToken, grant.RefreshToken, "", ".", "ZGVtbw.", client.NewAccessToken("other")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		caller, err := w.authenticator.Authenticate(t.Context(), token)
		if token == grant.AccessToken {
			if err != nil {
				t.Error(err)
			}
			return
		}
		if !isCode(err, task.CodeUnauthorized) || caller.AccountID() != "" {
			t.Errorf("got %+v and %v", caller, err)
		}
	})
}
