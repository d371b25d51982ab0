package client

import (
	"context"
	"errors"
	"iter"
	"slices"
	"time"
)

// The refusals of a store. The operations of Registry return them as well.
var (
	// ErrExists: the table has a client with this id.
	ErrExists = errors.New("there is a client with this id")
	// ErrNotFound: there is no such client.
	ErrNotFound = errors.New("there is no client with this id")
	// ErrChanged: the client has changed since it was read.
	ErrChanged = errors.New("the client has changed in the meantime")
	// ErrFull: the account's callers have added AddedLimit clients.
	ErrFull = errors.New("the account has as many added clients as it may have")
)

// Credentials is what the service needs to authenticate a client. What was not found is its zero value.
type Credentials struct {
	Client Client
	// Hashes are the hashes of the client's secrets, by secret id.
	Hashes map[string]Hash
	// Kinds are the kinds of all imported hashes that were ever written to the table.
	Kinds []string
	// Refresh is the requested refresh token.
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

// TokenStore is the store for issuing and checking tokens. It must be safe for concurrent use. If it does not answer,
// or not completely, its methods return a *task.Error with task.CodeUnavailable.
type TokenStore interface {
	// LoadAccess reads a client and its access token, consistently and with one request. A missing one is its zero
	// value.
	LoadAccess(ctx context.Context, clientID, tokenHash string) (Client, Token, error)
	// LoadCredentials reads consistently. It makes one request, whether or not the client exists.
	LoadCredentials(ctx context.Context, clientID string, refresh RefreshKey) (Credentials, error)
	// SaveTokens writes new tokens of one client.
	SaveTokens(ctx context.Context, tokens ...Token) error
	// UseRefresh marks a refresh token as used at a time, unless it was used before. It returns the time of the first
	// use, or ErrNotFound if the token does not exist.
	UseRefresh(ctx context.Context, clientID, tokenHash string, at time.Time) (first time.Time, err error)
	// RevokeFamily revokes all refresh tokens of a family, also those issued later. The mark is needed only until a
	// time.
	RevokeFamily(ctx context.Context, clientID, family string, until time.Time) error
	// ReplaceHash replaces a secret's hash. If the hash is not old any more, it changes nothing.
	ReplaceHash(ctx context.Context, clientID, secretID string, old, renewed Hash) error
}

// RecordStore is the store for the operations on clients. Each method makes all its changes or none.
type RecordStore interface {
	LoadCredentials(ctx context.Context, clientID string, refresh RefreshKey) (Credentials, error)
	// Create writes a client with its hashes. It returns ErrExists if the id is taken, and ErrFull if it is an added
	// client and its account has AddedLimit of them.
	Create(ctx context.Context, c Client, hashes map[string]Hash) error
	// Replace replaces a client that was read, and its hashes. It returns ErrChanged if the client has changed since.
	// Version increases by one.
	Replace(ctx context.Context, seen, changed Client, hashes map[string]Hash) error
	// Delete removes a client that was read, with its hashes. It returns ErrChanged if the client has changed since.
	Delete(ctx context.Context, seen Client) error
	// List returns all clients, in any order. A record that cannot be read is an error for its own id only.
	List(ctx context.Context) iter.Seq2[Client, error]
	// AddKinds stores kinds of hashes. It is called before the first hash of a kind is written.
	AddKinds(ctx context.Context, kinds ...string) error
}

// Store is both, as internal/dynamo implements it.
type Store interface {
	TokenStore
	RecordStore
}
