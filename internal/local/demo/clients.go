package demo

import (
	"context"
	"errors"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// The two accounts: what one has, the other must not see.
const (
	AccountID      = "11111111-1111-4111-8111-111111111111"
	OtherAccountID = "22222222-2222-4222-8222-222222222222"
)

// Access tokens of the client demo that are valid without a call of POST /Token. The fixtures in events/http/ use them.
const (
	// AccessToken grants everything that the client may do.
	AccessToken = "ZGVtbw.ZGVtby1hY2Nlc3MtdG9rZW4tbG9jYWwtdXNlLW9ubHk"
	// ReadToken grants only reading.
	ReadToken = "ZGVtbw.ZGVtby1hY2Nlc3MtdG9rZW4td2l0aC1yZWFkLW9ubHk"
)

// Client is a client with its secret, which is as public as all demo data.
type Client struct{ ID, Secret, AccountID, UserID string }

// Clients returns the clients.
func Clients() []Client {
	return []Client{
		{ID: "demo", Secret: "demo-secret", AccountID: AccountID, UserID: "demo.user"},
		{ID: "other", Secret: "other-secret", AccountID: OtherAccountID, UserID: "other.user"},
	}
}

// hashes are those of the clients' secrets, by client. Making them anew at each start would take bcrypt's time.
var hashes = map[string]client.Hash{
	"demo":  "bcrypt-sha256:$2a$10$N3EoRY66qFD3RIJwHrAgj.Y3uGH0jxMZADAlSeTUtIRS16yqUsMB6",
	"other": "bcrypt-sha256:$2a$10$kUWqy43Phs3J/nOsL47xk.4WSwA9w7Onm8VuYuj1gU/sGdsc7Di9e",
}

const (
	secretID   = "demo"
	generation = "demo"
)

// expiry is when the access tokens expire.
var expiry = time.Date(2100, time.January, 1, 0, 0, 0, 0, time.UTC)

// seedClients registers the clients that are not there yet, with the access tokens.
func seedClients(ctx context.Context, clients *dynamo.Clients) error {
	for _, c := range Clients() {
		err := clients.Create(ctx, client.Client{
			ID: c.ID, AccountID: c.AccountID, UserID: c.UserID, Name: "Local client " + c.ID,
			Scopes: client.Scopes(), Secrets: []string{secretID}, Generation: generation, Version: 1,
		}, map[string]client.Hash{secretID: hashes[c.ID]})
		if err != nil && !errors.Is(err, client.ErrExists) {
			return err
		}
	}
	return clients.SaveTokens(ctx, accessToken(AccessToken, client.Scopes()...), accessToken(ReadToken, task.ScopeRead))
}

// accessToken is what is stored of an access token of the client demo. It is not good for a client demo that was there
// before, which has another generation.
func accessToken(token string, scopes ...string) client.Token {
	return client.Token{
		Kind: client.KindAccess, ClientID: "demo", Hash: client.HashToken(token), Scopes: scopes,
		SecretID: secretID, Generation: generation, ExpiresAt: expiry,
	}
}
