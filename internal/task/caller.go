package task

import "context"

// Caller is the verified identity on whose behalf an update is made. It comes from the gateway's
// authorizer and from nowhere else: nothing in a request can choose an account.
type Caller struct {
	// AccountID is the account whose tasks the caller may touch.
	AccountID string
	// UserID is the user that the client is bound to; it signs the updates.
	UserID string
	// ClientID is the OAuth 2.0 client that made the call.
	ClientID string
	// Scopes are the OAuth 2.0 scopes that the token grants.
	Scopes []string
}

// ScopeWrite is the scope that allows changing tasks.
const ScopeWrite = "tasks/write"

// Allows tells whether the caller's token grants the scope.
func (c Caller) Allows(scope string) bool {
	for _, granted := range c.Scopes {
		if granted == scope {
			return true
		}
	}
	return false
}

type callerKey struct{}

// WithCaller attaches a verified identity to the context of a request.
func WithCaller(ctx context.Context, c Caller) context.Context {
	return context.WithValue(ctx, callerKey{}, c)
}

// CallerFrom finds the verified identity of a request; ok is false where there is none.
func CallerFrom(ctx context.Context) (c Caller, ok bool) {
	c, ok = ctx.Value(callerKey{}).(Caller)
	return c, ok
}
