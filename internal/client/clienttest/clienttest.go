// Package clienttest has authenticators for tests without a table. It must not be part of a function.
package clienttest

import (
	"context"
	"encoding/base64"
	"encoding/json"

	"accounttasks/internal/task"
)

// named is the caller in a token of Token.
type named struct {
	AccountID, UserID, ClientID string
	Scopes                      []string
}

// Token makes a token that contains the caller.
func Token(c task.Caller) string {
	text, err := json.Marshal(named{c.AccountID(), c.UserID(), c.ClientID(), c.Scopes()})
	if err != nil {
		panic(err) // text always encodes
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// Named accepts the tokens of Token and refuses all others.
type Named struct{}

// Authenticate implements api.Authenticator.
func (Named) Authenticate(_ context.Context, token string) (task.Caller, error) {
	var n named
	text, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || json.Unmarshal(text, &n) != nil {
		return task.Caller{}, &task.Error{Code: task.CodeUnauthorized, Reason: "The access token is not known here."}
	}
	return task.NewCaller(n.AccountID, n.UserID, n.ClientID, n.Scopes...), nil
}

// Only accepts every token as a token of this caller.
type Only struct{ Caller task.Caller }

// Authenticate implements api.Authenticator.
func (o Only) Authenticate(context.Context, string) (task.Caller, error) { return o.Caller, nil }
