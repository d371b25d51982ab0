package client

import (
	"context"
	"errors"
	"slices"
	"time"

	"accounttasks/internal/task"
)

// Authenticator finds the caller of an access token. It is safe for concurrent use.
type Authenticator struct {
	store accessStore
	now   func() time.Time
	cache cache
}

type accessStore interface {
	LoadAccess(ctx context.Context, clientID, tokenHash string) (Client, Token, error)
}

// NewAuthenticator makes an authenticator with a store and a clock.
func NewAuthenticator(store accessStore, now func() time.Time) *Authenticator {
	return &Authenticator{store: store, now: now}
}

// Authenticate tells whose access token it is. It asks the store unless it found the token good within the last
// CacheAge. The error is a *task.Error with task.CodeUnauthorized where the token is not good, and with
// task.CodeUnavailable where the store does not answer.
func (a *Authenticator) Authenticate(ctx context.Context, accessToken string) (task.Caller, error) {
	clientID, ok := readAccessToken(accessToken)
	if !ok {
		return task.Caller{}, unauthorized()
	}
	hash, now := HashToken(accessToken), a.now().Round(0)
	if caller, known := a.cache.get(hash, now); known {
		return caller, nil
	}
	c, token, err := a.store.LoadAccess(ctx, clientID, hash)
	if err != nil {
		return task.Caller{}, err
	}
	if !token.isGood(KindAccess, c, now) || token.Hash != hash || clientID != c.ID {
		return task.Caller{}, unauthorized()
	}
	if err := errors.Join(task.CheckAccountID(c.AccountID), task.CheckName(c.UserID)); err != nil {
		return task.Caller{}, err
	}
	caller := task.NewCaller(c.AccountID, c.UserID, c.ID, common(token.Scopes, c.Scopes)...)
	a.cache.put(hash, entry{caller: caller, checked: now, expiresAt: token.ExpiresAt})
	return caller, nil
}

// unauthorized gives no reason, so that callers cannot find out which clients or tokens exist.
func unauthorized() error {
	return &task.Error{Code: task.CodeUnauthorized,
		Reason: "The access token is not known here, has expired or was revoked: get a new one and repeat the request with it."}
}

// common returns the scopes that are in both lists.
func common(scopes, others []string) []string {
	return slices.DeleteFunc(slices.Clone(scopes), func(s string) bool { return !slices.Contains(others, s) })
}
