package client

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"accounttasks/internal/task"
)

// Client is a registered OAuth 2.0 client. It belongs to one account and makes its edits as one user.
type Client struct {
	ID, AccountID, UserID, Name string
	// Scopes are the scopes that its tokens may grant.
	Scopes []string
	// Secrets are the ids of its secrets, the oldest first; at most MaxSecrets.
	Secrets []string
	// Generation is random and changes with each registration and each revocation. A token of another generation is not
	// valid.
	Generation string
	// Version increases by one with each change of the record.
	Version int64
	// Added says that a caller of the account made the client. The number of such clients is limited.
	Added bool
	// Fingerprint is the fingerprint of the request that added the client with an idempotency key. It leaves out the
	// secret.
	Fingerprint string
	// Imported is what the last import wrote, so that the next one can tell whether the client was changed since. It is
	// empty for a client that was not imported. It has nothing of the secret.
	Imported string
}

// MaxSecrets is the maximum number of secrets of a client: the one in use and its successor.
const MaxSecrets = 2

// AddedLimit is the maximum number of clients that an account's own callers can add.
const AddedLimit = 100

// Scopes are all scopes that a client can have.
func Scopes() []string {
	return []string{task.ScopeRead, task.ScopeWrite, task.ScopeWriteClients}
}

// Validate returns an error that names everything wrong with a new record.
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

// CheckID returns an error if a client's id is bad. The id is a part of keys and tokens.
func CheckID(id string) error {
	isOutside := func(r rune) bool { return r < ' ' || r > '~' }
	if id != "" && len(id) <= 255 && strings.TrimSpace(id) == id && !strings.ContainsFunc(id, isOutside) {
		return nil
	}
	return errors.New("an id is 1 to 255 printable ASCII characters without spaces at its ends")
}

// checkScopes returns an error that names every bad scope.
func checkScopes(scopes []string) error {
	known := Scopes()
	var problems []string
	for i, scope := range scopes {
		switch {
		case !slices.Contains(known, scope):
			problems = append(problems, fmt.Sprintf("%q is unknown", scope))
		case slices.Contains(scopes[:i], scope):
			problems = append(problems, fmt.Sprintf("%q is there twice", scope))
		}
	}
	if len(scopes) == 0 {
		problems = append(problems, "there is none")
	}
	if len(problems) == 0 {
		return nil
	}
	return fmt.Errorf("%s: the scopes are %s", strings.Join(problems, ", "), strings.Join(known, ", "))
}
