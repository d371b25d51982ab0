package main

import (
	"errors"
	"net/url"
	"regexp"
	"testing"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
)

// secretForm finds the form fields of a client and its secret in what a command says.
var secretForm = regexp.MustCompile(`client_id=\S+`)

// credential reads what a delivery has written.
func credential(t *testing.T, said string) client.Credential {
	t.Helper()
	form, err := url.ParseQuery(secretForm.FindString(said))
	if err != nil || form.Get("client_secret") == "" {
		t.Fatalf("no secret is in %q", said)
	}
	return client.Credential{ClientID: form.Get("client_id"), Secret: form.Get("client_secret")}
}

// registered is a stack with one client.
func registered(t *testing.T) (*deployed, client.Credential) {
	t.Helper()
	d := deploy(t)
	return d, credential(t, d.mustRun(t, "register-client", billing()))
}

func billing() []string { return []string{"NAME=Billing", "ACCOUNT=42", "USER_ID=billing.user"} }

// token gets an access token; it is empty where the secret is refused.
func (d *deployed) token(t *testing.T, c client.Credential) string {
	t.Helper()
	issuer := client.NewIssuer(dynamo.NewTable(d.table, "tasks").Clients(), d.now, func(string) {})
	grant, err := issuer.Issue(t.Context(), client.TokenRequest{
		GrantType: client.GrantClientCredentials, Credentials: []client.Credential{c},
	})
	if refused, ok := errors.AsType[*client.OAuthError](err); ok && refused.Code == client.InvalidClient {
		return ""
	}
	if err != nil {
		t.Fatal(err)
	}
	return grant.AccessToken
}

// mustGetToken demands that a secret gets a token for the account and user.
func (d *deployed) mustGetToken(t *testing.T, c client.Credential, account, user string) string {
	t.Helper()
	token := d.token(t, c)
	if token == "" {
		t.Fatalf("client %s gets no token with its secret", c.ClientID)
	}
	caller, err := client.NewAuthenticator(dynamo.NewTable(d.table, "tasks").Clients(), d.now).Authenticate(t.Context(), token)
	if err != nil || caller.AccountID() != account || caller.UserID() != user {
		t.Fatalf("the token of client %s is account %q's and user %q's (%v), want %q and %q",
			c.ClientID, caller.AccountID(), caller.UserID(), err, account, user)
	}
	return token
}

// isGood reports whether an access token is good for an instance that has not seen it.
func (d *deployed) isGood(t *testing.T, token string) bool {
	t.Helper()
	_, err := client.NewAuthenticator(dynamo.NewTable(d.table, "tasks").Clients(), d.now).Authenticate(t.Context(), token)
	return err == nil
}

// secrets are the ids of a client's secrets, the oldest first.
func (d *deployed) secrets(t *testing.T, id string) []string {
	t.Helper()
	c, err := client.NewRegistry(dynamo.NewTable(d.table, "tasks").Clients(), d.now).Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c.Secrets
}
