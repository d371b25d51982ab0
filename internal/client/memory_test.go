package client_test

import (
	"context"
	"errors"
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"accounttasks/internal/client"
)

// memory is a client.Store in memory. If fail is set, every method returns it.
type memory struct {
	mu      sync.Mutex
	clients map[string]client.Client
	hashes  map[string]map[string]client.Hash
	tokens  map[string]client.Token
	revoked map[string]bool
	kinds   []string
	loads   int
	fail    error
	// meddle, if set, is called once before the next Replace or Delete.
	meddle func()
}

func newMemory() *memory {
	return &memory{
		clients: map[string]client.Client{}, hashes: map[string]map[string]client.Hash{},
		tokens: map[string]client.Token{}, revoked: map[string]bool{},
	}
}

func (m *memory) LoadAccess(_ context.Context, clientID, tokenHash string) (client.Client, client.Token, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	return m.clients[clientID], m.tokens[clientID+" "+tokenHash], m.fail
}

func (m *memory) LoadCredentials(_ context.Context, id string, key client.RefreshKey) (client.Credentials, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.loads++
	return client.Credentials{
		Client: m.clients[id], Hashes: maps.Clone(m.hashes[id]), Kinds: slices.Clone(m.kinds),
		Refresh: m.tokens[id+" "+key.Hash], Revoked: m.revoked[id+" "+key.Family],
	}, m.fail
}

func (m *memory) SaveTokens(_ context.Context, tokens ...client.Token) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range tokens {
		m.tokens[t.ClientID+" "+t.Hash] = t
	}
	return m.fail
}

func (m *memory) UseRefresh(_ context.Context, clientID, tokenHash string, at time.Time) (time.Time, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	token, found := m.tokens[clientID+" "+tokenHash]
	if !found {
		return time.Time{}, client.ErrNotFound
	}
	if token.UsedAt.IsZero() {
		token.UsedAt = at
		m.tokens[clientID+" "+tokenHash] = token
	}
	return token.UsedAt, m.fail
}

func (m *memory) RevokeFamily(_ context.Context, clientID, family string, _ time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.revoked[clientID+" "+family] = true
	return m.fail
}

func (m *memory) ReplaceHash(_ context.Context, clientID, secretID string, old, renewed client.Hash) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hashes[clientID][secretID] == old {
		m.hashes[clientID][secretID] = renewed
	}
	return m.fail
}

func (m *memory) Create(_ context.Context, c client.Client, hashes map[string]client.Hash) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, taken := m.clients[c.ID]; taken {
		return client.ErrExists
	}
	count := 0
	for _, other := range m.clients {
		if other.Added && other.AccountID == c.AccountID {
			count++
		}
	}
	if c.Added && count >= client.AddedLimit {
		return client.ErrFull
	}
	m.clients[c.ID], m.hashes[c.ID] = c, maps.Clone(hashes)
	return m.fail
}

// isSeen reports whether a client is still as it was seen.
func (m *memory) isSeen(seen client.Client) bool {
	if meddle := m.meddle; meddle != nil {
		m.meddle = nil
		meddle()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now, found := m.clients[seen.ID]
	return found && now.Version == seen.Version && now.Generation == seen.Generation
}

func (m *memory) Replace(_ context.Context, seen, changed client.Client, hashes map[string]client.Hash) error {
	if !m.isSeen(seen) {
		return client.ErrChanged
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	changed.Version = seen.Version + 1
	m.clients[seen.ID], m.hashes[seen.ID] = changed, maps.Clone(hashes)
	return m.fail
}

func (m *memory) Delete(_ context.Context, seen client.Client) error {
	if !m.isSeen(seen) {
		return client.ErrChanged
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.clients, seen.ID)
	delete(m.hashes, seen.ID)
	return m.fail
}

func (m *memory) List(context.Context) iter.Seq2[client.Client, error] {
	return func(yield func(client.Client, error) bool) {
		for _, c := range m.clients {
			if !yield(c, m.fail) {
				return
			}
		}
	}
}

func (m *memory) AddKinds(_ context.Context, kinds ...string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kinds = append(m.kinds, kinds...)
	return m.fail
}

// clock is a clock that stands still until a test moves it.
type clock struct{ time time.Time }

func (c *clock) now() time.Time             { return c.time }
func (c *clock) advance(step time.Duration) { c.time = c.time.Add(step) }
func newClock() *clock                      { return &clock{time.Date(2026, 6, 4, 3, 45, 3, 0, time.UTC)} }

// world is a store with everything that uses it.
type world struct {
	*memory
	*clock
	registry      *client.Registry
	issuer        *client.Issuer
	authenticator *client.Authenticator
	// secret is the secret with which demo was registered.
	secret string
	// compared lists the kinds of all comparisons.
	compared []string
}

func newWorld() *world {
	w := &world{memory: newMemory(), clock: newClock()}
	w.registry = client.NewRegistry(w.memory, w.now)
	w.issuer = client.NewIssuer(w.memory, w.now, func(kind string) { w.compared = append(w.compared, kind) })
	w.authenticator = client.NewAuthenticator(w.memory, w.now)
	return w
}

// record is a client that can be registered.
func record(id string) client.Client {
	return client.Client{ID: id, AccountID: "account-1", UserID: "demo.user", Name: "Demo", Scopes: client.Scopes()[:2]}
}

// register registers a client and returns its secret.
func (w *world) register(t *testing.T, id string) (secret string) {
	t.Helper()
	_, secret, err := w.registry.Register(t.Context(), record(id))
	if err != nil {
		t.Fatal(err)
	}
	if id == "demo" {
		w.secret = secret
	}
	return secret
}

// credentials are a request for tokens with an id and a secret.
func credentials(id, secret string) client.TokenRequest {
	return client.TokenRequest{
		GrantType: client.GrantClientCredentials, Credentials: []client.Credential{{ClientID: id, Secret: secret}},
	}
}

// remove removes a client.
func (w *world) remove(t *testing.T, id string) {
	t.Helper()
	if _, err := w.registry.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}

// revoke ends all tokens of a client.
func (w *world) revoke(t *testing.T, id string) {
	t.Helper()
	if err := w.registry.RevokeTokens(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}

// replaceSecret gives a client another secret and retires the old one.
func (w *world) replaceSecret(t *testing.T, id string) (secret string) {
	t.Helper()
	_, secret, err := w.registry.RotateSecret(t.Context(), id)
	if err == nil {
		_, err = w.registry.RetireSecret(t.Context(), id, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

// issue requests tokens, which must be granted.
func (w *world) issue(t *testing.T, r client.TokenRequest) client.Grant {
	t.Helper()
	grant, err := w.issuer.Issue(t.Context(), r)
	if err != nil {
		t.Fatalf("no token: %v", err)
	}
	return grant
}

// refuse requests tokens, which must be refused with the code.
func (w *world) refuse(t *testing.T, r client.TokenRequest, want client.OAuthCode) {
	t.Helper()
	grant, err := w.issuer.Issue(t.Context(), r)
	var refusal *client.OAuthError
	if !errors.As(err, &refusal) || refusal.Code != want {
		t.Errorf("got %v, want %s", err, want)
	}
	if grant != (client.Grant{}) {
		t.Error("a refusal carries a grant")
	}
}

// copyToken stores a copy of a token under a new token text.
func (w *world) copyToken(t *testing.T, access string) string {
	t.Helper()
	id := "demo"
	stored, found := w.tokens[id+" "+client.HashToken(access)]
	if !found {
		t.Fatal("there is no such token")
	}
	copied := client.NewAccessToken(id)
	stored.Hash = client.HashToken(copied)
	w.tokens[id+" "+stored.Hash] = stored
	return copied
}
