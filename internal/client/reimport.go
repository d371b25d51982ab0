package client

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Comparison is what an import finds of a client.
type Comparison struct {
	// Exists says that the table has a client with the id.
	Exists bool
	// Differs lists what is different in the table, as an error that wraps ErrExists; nil where nothing is.
	Differs error
	// Untouched says that the table has the client as the last import wrote it, apart from its tokens.
	Untouched bool
	seen      Credentials
}

// Compare compares a client of another system with the one of the table. Where the secret came plain or as SHA-256 it takes
// as long as bcrypt takes.
func (r *Registry) Compare(ctx context.Context, c ImportedClient) (Comparison, error) {
	if err := c.Client.Validate(); err != nil {
		return Comparison{}, err
	}
	found, err := r.load(ctx, c.Client.ID)
	switch {
	case errors.Is(err, ErrNotFound):
		return Comparison{}, nil
	case err != nil:
		return Comparison{}, err
	}
	return Comparison{Exists: true, Differs: differences(c, found), Untouched: found.Client.IsAsImported(), seen: found}, nil
}

// Update replaces a client, which was compared, with that of the other system. Its tokens end, and so do its other
// secrets. The error is ErrChanged where it has changed since.
func (r *Registry) Update(ctx context.Context, c ImportedClient, compared Comparison) error {
	hash, err := c.Secret.hash()
	if err != nil {
		return err
	}
	if err := r.addKind(ctx, hash, compared.seen.Kinds); err != nil {
		return err
	}
	changed, id := compared.seen.Client, r.newSecretID()
	changed.AccountID, changed.UserID, changed.Name, changed.Scopes = c.Client.AccountID, c.Client.UserID, c.Client.Name, c.Client.Scopes
	changed.Secrets, changed.Generation = []string{id}, random(familyBytes)
	changed.Imported = changed.importMark()
	return r.store.Replace(ctx, compared.seen.Client, changed, map[string]Hash{id: hash})
}

// RemoveImported removes a client that was listed, if it is as the last import wrote it. It returns ErrChanged if it is
// not.
func (r *Registry) RemoveImported(ctx context.Context, listed Client) error {
	if !listed.IsAsImported() {
		return ErrChanged
	}
	return r.store.Delete(ctx, listed)
}

// createImported writes a client with one secret, and how it was imported.
func (r *Registry) createImported(ctx context.Context, c Client, hash Hash) error {
	id := r.newSecretID()
	c.Secrets, c.Generation, c.Version = []string{id}, random(familyBytes), 1
	c.Imported = c.importMark()
	return r.store.Create(ctx, c, map[string]Hash{id: hash})
}

// IsAsImported reports whether nothing but tokens has changed since the last import. The secret's hash may have been
// renewed.
func (c Client) IsAsImported() bool { return c.Imported != "" && c.Imported == c.importMark() }

// importMark tells the client's fields, and which secrets it has, from others.
func (c Client) importMark() string {
	scopes := slices.Sorted(slices.Values(c.Scopes))
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %q", c.AccountID, c.UserID, c.Name, strings.Join(scopes, " "), c.Secrets))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
