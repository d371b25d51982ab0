package task

import (
	"fmt"
	"slices"
	"strings"
)

// Caller is the verified identity on whose behalf an operation is carried out. Nothing in a request can choose
// its account: a caller is made from a good access token alone, by internal/client. The zero value may do nothing.
type Caller struct {
	accountID, userID, clientID string
	scopes                      []string
}

// NewCaller makes the caller that a good access token names. A test keeps it out of every package but
// internal/client.
func NewCaller(accountID, userID, clientID string, scopes ...string) Caller {
	return Caller{accountID: accountID, userID: userID, clientID: clientID, scopes: scopes}
}

// AccountID is the account whose tasks the caller may touch.
func (c Caller) AccountID() string { return c.accountID }

// UserID is the user that the client is bound to; it signs the caller's edits.
func (c Caller) UserID() string { return c.userID }

// ClientID is the OAuth 2.0 client that made the call.
func (c Caller) ClientID() string { return c.clientID }

// Scopes are a copy of the OAuth 2.0 scopes that the token grants.
func (c Caller) Scopes() []string { return slices.Clone(c.scopes) }

// The OAuth 2.0 scopes of the API.
const (
	ScopeRead         = "tasks/read"    // reading tasks, runs and the catalogue
	ScopeWrite        = "tasks/write"   // changing and running tasks
	ScopeWriteClients = "clients/write" // adding clients
)

// Allows reports whether the caller's token grants the scope.
func (c Caller) Allows(scope string) bool { return slices.Contains(c.scopes, scope) }

// CheckAccountID tells what is wrong with an account's id, which is a part of the table's keys: nothing in it may
// pass for a separator or a wildcard.
func CheckAccountID(id string) error {
	isStray := func(r rune) bool { return !isAlphanumeric(r) && !strings.ContainsRune("_.-", r) }
	if id != "" && len(id) <= 128 && isAlphanumeric(rune(id[0])) && !strings.ContainsFunc(id, isStray) {
		return nil
	}
	return fmt.Errorf("the account %q is not 1 to 128 letters, digits, dots, hyphens and underscores that begin with a letter or digit", id)
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// CheckName tells what is wrong with the name of a user or a client, and does not repeat it: it may be a person's.
func CheckName(name string) error {
	if problem := nameProblem(name); problem != "" {
		return fmt.Errorf("the name %s: it must be 1 to %d bytes of printable UTF-8", problem, nameLimit)
	}
	return nil
}
