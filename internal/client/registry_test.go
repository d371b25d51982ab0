package client_test

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/client"
)

func TestARegistrationNeverReplacesAClient(t *testing.T) {
	w := newWorld()
	w.register(t, "demo")
	before := w.clients["demo"]
	other := record("demo")
	other.AccountID = "account-2"
	if _, _, err := w.registry.Register(t.Context(), other); !errors.Is(err, client.ErrExists) {
		t.Errorf("got %v, want %v", err, client.ErrExists)
	}
	if !reflect.DeepEqual(w.clients["demo"], before) {
		t.Errorf("the client became %+v", w.clients["demo"])
	}
	w.issue(t, credentials("demo", w.secret))
}

func TestARecordMustBeRightAsAWhole(t *testing.T) {
	w := newWorld()
	_, _, err := w.registry.Register(t.Context(), client.Client{ID: "a\x7f", AccountID: "1#2", UserID: " ", Name: "", Scopes: []string{"tasks"}})
	if err == nil {
		t.Fatal("a wrong record was taken")
	}
	for _, what := range []string{"the client's id", "the account", "the user", "the name", "the scopes"} {
		if !strings.Contains(err.Error(), what) {
			t.Errorf("got %v, want %q in it", err, what)
		}
	}
	if len(w.clients) > 0 {
		t.Error("a wrong record was written")
	}
}

func TestWhichScopesARecordCanHave(t *testing.T) {
	for _, scopes := range [][]string{nil, {"tasks/read", "tasks/read"}, {"Tasks/Read"}, {"tasks/read", "admin"}} {
		c := record("demo")
		if c.Scopes = scopes; c.Validate() == nil {
			t.Errorf("%q was taken", scopes)
		}
	}
}

func TestARotatedSecretIsGoodBesideTheOldOneUntilThatIsRetired(t *testing.T) {
	w := newWorld()
	old := w.register(t, "demo")
	first := w.clients["demo"].Secrets[0]
	w.advance(time.Hour)
	id, fresh, err := w.registry.RotateSecret(t.Context(), "demo")
	if err != nil || id <= first {
		t.Fatalf("got the secret %s after %s, %v", id, first, err)
	}
	oldToken, newToken := w.issue(t, credentials("demo", old)), w.issue(t, credentials("demo", fresh))
	if _, _, err := w.registry.RotateSecret(t.Context(), "demo"); !errors.Is(err, client.ErrTwoSecrets) {
		t.Errorf("a third secret: got %v, want %v", err, client.ErrTwoSecrets)
	}
	if _, err := w.registry.RetireSecret(t.Context(), "demo", "another"); !errors.Is(err, client.ErrNoSuchSecret) {
		t.Errorf("got %v, want %v", err, client.ErrNoSuchSecret)
	}
	if retired, err := w.registry.RetireSecret(t.Context(), "demo", ""); err != nil || retired != first {
		t.Fatalf("got %s and %v, want the older secret %s retired", retired, err, first)
	}
	w.refuse(t, credentials("demo", old), client.InvalidClient)
	w.issue(t, credentials("demo", fresh))
	if _, err := w.authenticator.Authenticate(t.Context(), oldToken.AccessToken); err == nil {
		t.Error("a token of the retired secret is good")
	}
	if _, err := w.authenticator.Authenticate(t.Context(), newToken.AccessToken); err != nil {
		t.Errorf("a token of the other secret: %v", err)
	}
	if _, err := w.registry.RetireSecret(t.Context(), "demo", id); !errors.Is(err, client.ErrLastSecret) {
		t.Errorf("the last secret: got %v, want %v", err, client.ErrLastSecret)
	}
}

func TestTheNewerSecretCanBeRetiredByItsID(t *testing.T) {
	w := newWorld()
	w.register(t, "demo")
	id, _, err := w.registry.RotateSecret(t.Context(), "demo")
	if err != nil {
		t.Fatal(err)
	}
	if retired, err := w.registry.RetireSecret(t.Context(), "demo", id); err != nil || retired != id {
		t.Errorf("got %s and %v, want %s", retired, err, id)
	}
	w.issue(t, credentials("demo", w.secret))
}

func TestOperationsOnAClientThatIsNotThere(t *testing.T) {
	w := newWorld()
	w.register(t, "demo")
	for name, call := range map[string]func(id string) error{
		"get":    func(id string) error { _, err := w.registry.Get(t.Context(), id); return err },
		"rotate": func(id string) error { _, _, err := w.registry.RotateSecret(t.Context(), id); return err },
		"retire": func(id string) error { _, err := w.registry.RetireSecret(t.Context(), id, ""); return err },
		"revoke": func(id string) error { return w.registry.RevokeTokens(t.Context(), id) },
		"remove": func(id string) error { _, err := w.registry.Remove(t.Context(), id); return err },
	} {
		if err := call("dem"); !errors.Is(err, client.ErrNotFound) {
			t.Errorf("%s: got %v, want %v", name, err, client.ErrNotFound)
		}
		if err := call(""); err == nil {
			t.Errorf("%s: no id was taken", name)
		}
	}
	w.issue(t, credentials("demo", w.secret))
}

// Two operators work at the same time. The change of the other one must be kept.
func TestNoOperationUndoesAnother(t *testing.T) {
	w := newWorld()
	w.register(t, "demo")
	generation := w.clients["demo"].Generation
	w.meddle = func() {
		if err := w.registry.RevokeTokens(t.Context(), "demo"); err != nil {
			t.Error(err)
		}
	}
	id, _, err := w.registry.RotateSecret(t.Context(), "demo")
	now := w.clients["demo"]
	if err != nil || now.Generation == generation || !slices.Contains(now.Secrets, id) || len(now.Secrets) != 2 {
		t.Errorf("got %+v and %v, want both changes", now, err)
	}
	w.meddle = func() {
		if _, err := w.registry.RetireSecret(t.Context(), "demo", ""); err != nil {
			t.Error(err)
		}
	}
	if _, err := w.registry.RetireSecret(t.Context(), "demo", ""); !errors.Is(err, client.ErrLastSecret) {
		t.Errorf("two operators retire a secret: got %v, want %v", err, client.ErrLastSecret)
	}
	w.meddle = func() {
		if _, err := w.registry.Remove(t.Context(), "demo"); err != nil {
			t.Error(err)
		}
	}
	if err := w.registry.RevokeTokens(t.Context(), "demo"); !errors.Is(err, client.ErrNotFound) || len(w.clients) > 0 {
		t.Errorf("another one removed it: got %v, want %v", err, client.ErrNotFound)
	}
}

func TestAnImportChangesNothingThatIsThere(t *testing.T) {
	w := newWorld()
	secret := importable(t)["plain"]
	if created, err := w.importOne(t, "old", secret); !created || err != nil {
		t.Fatalf("got created %t and %v", created, err)
	}
	before, hashes := w.clients["old"], maps.Clone(w.hashes["old"])
	other, err := client.PlainSecret("another one")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name   string
		change func(*client.ImportedClient)
		want   string
	}{
		{"account", func(c *client.ImportedClient) { c.Client.AccountID = "account-2" }, "account"},
		{"user and name", func(c *client.ImportedClient) { c.Client.UserID, c.Client.Name = "u", "n" }, "user, name"},
		{"scopes", func(c *client.ImportedClient) { c.Client.Scopes = client.Scopes() }, "scopes"},
		{"secret", func(c *client.ImportedClient) { c.Secret = other }, "secret"},
		{"secret, hashed", func(c *client.ImportedClient) { c.Secret = importable(t)["bcrypt 5, 2y"] }, "secret"},
	} {
		c := client.ImportedClient{Client: record("old"), Secret: secret}
		test.change(&c)
		created, err := w.registry.Import(t.Context(), c)
		if created || !errors.Is(err, client.ErrExists) || !strings.HasSuffix(err.Error(), "differs in: "+test.want) {
			t.Errorf("%s: got created %t and %v", test.name, created, err)
		}
	}
	if !reflect.DeepEqual(w.clients["old"], before) || !maps.Equal(w.hashes["old"], hashes) {
		t.Error("the client has changed")
	}
	if created, err := w.importOne(t, "old", importable(t)["SHA-256, hex"]); created || err != nil {
		t.Errorf("the same secret in another form: got created %t and %v, want nothing done", created, err)
	}
}

func TestAWrongRecordIsNotImported(t *testing.T) {
	w := newWorld()
	c := client.ImportedClient{Client: record("old"), Secret: importable(t)["plain"]}
	c.Client.Name = ""
	if created, err := w.registry.Import(t.Context(), c); created || err == nil || len(w.clients) > 0 {
		t.Errorf("got created %t and %v", created, err)
	}
}

func TestATableTakesOnlySoManyKindsOfHashes(t *testing.T) {
	w := newWorld()
	for i := range 9 {
		secret, err := client.ParseHash("aspnet:" + identity(t, 1, 1000+i, 16, 32))
		if err != nil {
			t.Fatal(err)
		}
		id := "old" + strings.Repeat("x", i)
		created, err := w.importOne(t, id, secret)
		if want := i < 8; created != want || (err == nil) != want {
			t.Errorf("kind %d: got created %t and %v", i+1, created, err)
		}
	}
}

func TestAllClientsAreListed(t *testing.T) {
	w := newWorld()
	for _, id := range []string{"a", "b", "c"} {
		w.register(t, id)
	}
	var got []string
	for c, err := range w.registry.List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, c.ID)
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"a", "b", "c"}) {
		t.Errorf("got %v", got)
	}
}
