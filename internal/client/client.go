package client

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"accounttasks/internal/task"
)

// Client is a registered OAuth 2.0 client. It belongs to one account and is bound to one user, who signs its
// edits.
type Client struct {
	ID, AccountID, UserID, Name string
	// Scopes are what its tokens may grant.
	Scopes []string
	// Secrets are the ids of its secrets, the oldest first; at most MaxSecrets.
	Secrets []string
	// Generation is made at random with each registration and with each revocation: a token of another
	// generation is not good.
	Generation string
	// Version increases by one with each change of the record.
	Version int64
	// Added says that a caller of the account made the client. Such clients are counted.
	Added bool
	// Fingerprint is that of the request that added the client with an idempotency key; it leaves the secret out.
	Fingerprint string
}

// MaxSecrets is how many secrets a client can have at a time: the one in use and its successor.
const MaxSecrets = 2

// AddedLimit is how many clients an account's own callers can add.
const AddedLimit = 100

// Scopes are all scopes that a client can have.
func Scopes() []string {
	return []string{task.ScopeRead, task.ScopeWrite, task.ScopeWriteClients}
}

// Validate names everything that is wrong with a record that is to be written.
func (c Client) Validate() error {
	var wrong []error
	check := func(what string, err error) {
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", what, err))
		}
	}
	check("the client's id", CheckID(c.ID))
	check("the account", task.CheckAccountID(c.AccountID))
	check("the user", task.CheckName(c.UserID))
	check("the name", task.CheckName(c.Name))
	check("the scopes", checkScopes(c.Scopes))
	return errors.Join(wrong...)
}

// CheckID tells what is wrong with a client's id, which is a part of keys and tokens.
func CheckID(id string) error {
	isOutside := func(r rune) bool { return r < ' ' || r > '~' }
	if id != "" && len(id) <= 255 && strings.TrimSpace(id) == id && !strings.ContainsFunc(id, isOutside) {
		return nil
	}
	return errors.New("an id is 1 to 255 printable ASCII characters without spaces at its ends")
}

func checkScopes(scopes []string) error {
	known := Scopes()
	for i, scope := range scopes {
		if !slices.Contains(known, scope) || slices.Contains(scopes[:i], scope) {
			return fmt.Errorf("%q is unknown or there twice: the scopes are %s", scope, strings.Join(known, ", "))
		}
	}
	if len(scopes) == 0 {
		return fmt.Errorf("there is none: the scopes are %s", strings.Join(known, ", "))
	}
	return nil
}
