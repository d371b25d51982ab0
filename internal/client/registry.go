package client

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"
)

// Registry has the operators' operations on clients. Each operation is one atomic change of the table, and never undoes
// a simultaneous change. It is safe for concurrent use.
type Registry struct {
	store RecordStore
	now   func() time.Time
}

// NewRegistry makes a registry with a store and a clock.
func NewRegistry(store RecordStore, now func() time.Time) *Registry {
	return &Registry{store: store, now: now}
}

// Refusals of the operations.
var (
	// ErrTwoSecrets: the client has MaxSecrets secrets already.
	ErrTwoSecrets = errors.New("the client has two secrets already: retire one first")
	// ErrLastSecret: the client would be left without a secret.
	ErrLastSecret = errors.New("the client has no other secret: rotate it first, or remove the client")
	// ErrNoSuchSecret: the client does not have the secret.
	ErrNoSuchSecret = errors.New("the client has no secret with this id")
)

// Register writes a new client and makes its first secret. It sets the record's Secrets, Generation and Version. It
// returns ErrExists if the id is taken.
func (r *Registry) Register(ctx context.Context, c Client) (registered Client, secret string, err error) {
	secret, hash := newSecret()
	registered, err = r.create(ctx, c, hash)
	return registered, secret, err
}

// create writes a client with one secret.
func (r *Registry) create(ctx context.Context, c Client, hash Hash) (Client, error) {
	if err := c.Validate(); err != nil {
		return Client{}, err
	}
	id := r.newSecretID()
	c.Secrets, c.Generation, c.Version = []string{id}, random(familyBytes), 1
	return c, r.store.Create(ctx, c, map[string]Hash{id: hash})
}

// newSecretID makes an id from the time, so that ids are in the order of time.
func (r *Registry) newSecretID() string {
	suffix := make([]byte, 4)
	_, _ = rand.Read(suffix) // it never fails
	return r.now().UTC().Format("20060102T150405Z-") + hex.EncodeToString(suffix)
}

// List returns all clients, in any order. If a record cannot be read, it returns an error with a Client that has only
// the id.
func (r *Registry) List(ctx context.Context) iter.Seq2[Client, error] { return r.store.List(ctx) }

// Get reads one client. It returns ErrNotFound if there is none.
func (r *Registry) Get(ctx context.Context, id string) (Client, error) {
	found, err := r.load(ctx, id)
	return found.Client, err
}

func (r *Registry) load(ctx context.Context, id string) (Credentials, error) {
	if err := CheckID(id); err != nil {
		return Credentials{}, err
	}
	found, err := r.store.LoadCredentials(ctx, id, RefreshKey{})
	if err == nil && found.Client.ID == "" {
		err = ErrNotFound
	}
	return found, err
}

// RotateSecret makes a second secret; the first one stays valid. It returns ErrTwoSecrets if there are two already.
func (r *Registry) RotateSecret(ctx context.Context, id string) (secretID, secret string, err error) {
	secret, hash := newSecret()
	secretID = r.newSecretID()
	_, err = r.change(ctx, id, func(c *Client, hashes map[string]Hash) error {
		if len(c.Secrets) >= MaxSecrets {
			return ErrTwoSecrets
		}
		c.Secrets = append(c.Secrets, secretID)
		hashes[secretID] = hash
		return nil
	})
	if err != nil {
		secret = ""
	}
	return secretID, secret, err
}

// RetireSecret removes one of two secrets and ends the tokens that were issued for it. It removes the named secret, or
// the older one if secretID is empty. It returns ErrLastSecret if there is only one, and ErrNoSuchSecret if the client
// does not have the secret.
func (r *Registry) RetireSecret(ctx context.Context, id, secretID string) (retired string, err error) {
	retired = secretID
	_, err = r.change(ctx, id, func(c *Client, hashes map[string]Hash) error {
		if retired == "" && len(c.Secrets) > 0 {
			retired = c.Secrets[0] // for all tries: meanwhile another secret may have become the older one
		}
		switch {
		case len(c.Secrets) == 1 && (secretID == "" || secretID == c.Secrets[0]):
			return ErrLastSecret
		case !slices.Contains(c.Secrets, retired):
			return ErrNoSuchSecret
		}
		c.Secrets = slices.DeleteFunc(c.Secrets, func(s string) bool { return s == retired })
		delete(hashes, retired)
		return nil
	})
	return retired, err
}

// RevokeTokens gives a client a new generation, which ends all its tokens. Its secrets stay valid.
func (r *Registry) RevokeTokens(ctx context.Context, id string) error {
	_, err := r.change(ctx, id, func(c *Client, _ map[string]Hash) error {
		c.Generation = random(familyBytes)
		return nil
	})
	return err
}

// Remove removes a client with its secrets, which ends its tokens, and returns the removed client. It returns
// ErrNotFound if there is none.
func (r *Registry) Remove(ctx context.Context, id string) (removed Client, err error) {
	return removed, r.again(func() error {
		found, err := r.load(ctx, id)
		if err != nil {
			return err
		}
		removed = found.Client
		return r.store.Delete(ctx, removed)
	})
}

// change replaces a client and its hashes with the result of the function change.
func (r *Registry) change(ctx context.Context, id string, change func(*Client, map[string]Hash) error) (changed Client, err error) {
	return changed, r.again(func() error {
		found, err := r.load(ctx, id)
		if err != nil {
			return err
		}
		changed = found.Client
		changed.Secrets = slices.Clone(changed.Secrets)
		isWhole := found.hasItsHashes()
		if err := change(&changed, found.Hashes); err != nil {
			return err
		}
		if !isWhole && !slices.Equal(changed.Secrets, found.Client.Secrets) {
			return fmt.Errorf("%w: its secrets and their hashes do not agree", ErrChanged)
		}
		return r.store.Replace(ctx, found.Client, changed, found.Hashes)
	})
}

// maxTries is how many times an operation is tried if others change the client at the same time.
const maxTries = 5

func (r *Registry) again(try func() error) error {
	var err error
	for range maxTries {
		if err = try(); !errors.Is(err, ErrChanged) {
			return err
		}
	}
	return fmt.Errorf("tried %d times: %w", maxTries, err)
}
