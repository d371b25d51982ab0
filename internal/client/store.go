package client

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"
)

// What a store tells apart when it refuses a change; the operations of Registry return them as well.
var (
	// ErrExists: the table has a client with this id.
	ErrExists = errors.New("there is a client with this id")
	// ErrNotFound: there is no such client.
	ErrNotFound = errors.New("there is no client with this id")
	// ErrChanged: the client has changed since it was read.
	ErrChanged = errors.New("the client has changed in the meantime")
	// ErrFull: the account's callers have added as many clients as they may.
	ErrFull = errors.New("the account has as many added clients as it may have")
)

// Credentials are what a client is authenticated with. What was not found is its zero value.
type Credentials struct {
	Client Client
	// Hashes are those of the client's secrets by secret id.
	Hashes map[string]Hash
	// Kinds are the kinds of imported hashes that were ever written to the table.
	Kinds []string
	// Refresh is the refresh token that was asked for.
	Refresh Token
	// Revoked says that the refresh token's family was revoked.
	Revoked bool
}

// hasItsHashes reports whether the hashes are those of the client's secrets. A store reads the two one after the other,
// so a change between them shows here.
func (c Credentials) hasItsHashes() bool {
	isMissing := func(id string) bool { return c.Hashes[id] == "" }
	return len(c.Hashes) == len(c.Client.Secrets) && !slices.ContainsFunc(c.Client.Secrets, isMissing)
}

// RefreshKey names a stored refresh token; the zero value names none.
type RefreshKey struct{ Hash, Family string }

// TokenStore is what issuing and checking tokens need. A store is safe for concurrent use. Where it does not
// answer, or not everything, its methods return a *task.Error with task.CodeUnavailable.
type TokenStore interface {
	// LoadAccess reads a client and its access token, consistently and with one request. What is not there is its
	// zero value.
	LoadAccess(ctx context.Context, clientID, tokenHash string) (Client, Token, error)
	// LoadCredentials reads, consistently and with one request whether there is such a client or not.
	LoadCredentials(ctx context.Context, clientID string, refresh RefreshKey) (Credentials, error)
	// SaveTokens writes new tokens of one client.
	SaveTokens(ctx context.Context, tokens ...Token) error
	// UseRefresh marks a refresh token as used at a time, unless it was used before. It returns when it was first
	// used, and ErrNotFound where it is gone.
	UseRefresh(ctx context.Context, clientID, tokenHash string, at time.Time) (first time.Time, err error)
	// RevokeFamily revokes all refresh tokens of a family, those issued later included. The mark may go after a time.
	RevokeFamily(ctx context.Context, clientID, family string, until time.Time) error
	// ReplaceHash renews a secret's hash, unless it is another than old by now: then nothing changes.
	ReplaceHash(ctx context.Context, clientID, secretID string, old, renewed Hash) error
}

// RecordStore is what the operations on clients need beside that. Each method changes everything it names or
// nothing.
type RecordStore interface {
	LoadCredentials(ctx context.Context, clientID string, refresh RefreshKey) (Credentials, error)
	// Create writes a client with its hashes: ErrExists where the id is taken, ErrFull where it is an added one and
	// its account has AddedLimit of them.
	Create(ctx context.Context, c Client, hashes map[string]Hash) error
	// Replace writes a changed client and its hashes in place of one that was read: ErrChanged where it is another
	// by now. Version goes up by one.
	Replace(ctx context.Context, seen, changed Client, hashes map[string]Hash) error
	// Delete removes a client that was read, with its hashes: ErrChanged where it is another by now.
	Delete(ctx context.Context, seen Client) error
	// List returns all clients, in no particular order. A record that cannot be read is an error for its own id alone.
	List(ctx context.Context) iter.Seq2[Client, error]
	// AddKinds notes kinds of hashes before the first hash of the kind is written.
	AddKinds(ctx context.Context, kinds ...string) error
}

// Store is all of it, as internal/dynamo implements it.
type Store interface {
	TokenStore
	RecordStore
}
