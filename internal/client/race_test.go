package client_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"testing"

	"accounttasks/internal/client"
)

// tornStore reads a client's hashes, then lets something happen once, and then reads the client.
type tornStore struct {
	*memory
	between func()
}

func (s *tornStore) LoadCredentials(ctx context.Context, id string, key client.RefreshKey) (client.Credentials, error) {
	between := s.between
	if between == nil {
		return s.memory.LoadCredentials(ctx, id, key)
	}
	s.between = nil
	hashes := maps.Clone(s.hashes[id])
	between()
	found, err := s.memory.LoadCredentials(ctx, id, key)
	found.Hashes = hashes
	return found, err
}

// A store reads client and hashes one after the other. What another operator does in between must not lose a hash.
func TestARotationBetweenTwoReadsLosesNoHash(t *testing.T) {
	w := newWorld()
	older := w.register(t, "demo")
	torn := &tornStore{memory: w.memory}
	var newer string
	torn.between = func() {
		var err error
		if _, newer, err = w.registry.RotateSecret(t.Context(), "demo"); err != nil {
			t.Error(err)
		}
	}
	if _, err := client.NewRegistry(torn, w.now).RetireSecret(t.Context(), "demo", ""); err != nil {
		t.Fatal(err)
	}
	w.refuse(t, credentials("demo", older), client.InvalidClient)
	w.issue(t, credentials("demo", newer))
}

func TestTokensOfAClientThatLostItsHashesCanBeRevoked(t *testing.T) {
	w := newWorld()
	grant := w.issue(t, credentials("demo", w.register(t, "demo")))
	clear(w.hashes["demo"])
	if _, _, err := w.registry.RotateSecret(t.Context(), "demo"); !errors.Is(err, client.ErrChanged) {
		t.Errorf("rotated: got %v, want %v", err, client.ErrChanged)
	}
	if err := w.registry.RevokeTokens(t.Context(), "demo"); err != nil {
		t.Error(err)
	}
	if _, err := w.authenticator.Authenticate(t.Context(), grant.AccessToken); err == nil {
		t.Error("a revoked token is good")
	}
}

// While one operator retires the older secret, another one has retired it and made a new one: the secret that is the
// older one by now is in use.
func TestOnlyTheSecretThatWasTheOlderOneIsRetired(t *testing.T) {
	w := newWorld()
	w.register(t, "demo")
	inUse, _, err := w.registry.RotateSecret(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	w.meddle = func() {
		_, err := w.registry.RetireSecret(t.Context(), "demo", "")
		if err == nil {
			_, _, err = w.registry.RotateSecret(t.Context(), "demo")
		}
		if err != nil {
			t.Error(err)
		}
	}
	_, err = w.registry.RetireSecret(t.Context(), "demo", "")
	if now := w.clients["demo"].Secrets; !errors.Is(err, client.ErrNoSuchSecret) || !slices.Contains(now, inUse) {
		t.Errorf("got %v, and the secrets %v without %s", err, now, inUse)
	}
}
