package client_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

const addedUser = "b8a82cbc-8926-4224-9def-9a9e2ad12ba2"

var adder = task.NewCaller("account-1", "demo.user", "demo", client.Scopes()...)

// addition is a request that nothing is wrong with, changed by the functions.
func addition(changes ...func(*client.AddRequest)) client.AddRequest {
	r := client.AddRequest{Name: "Nightly export", Secret: "twelve-chars", UserID: uuid.MustParse(addedUser)}
	for _, change := range changes {
		change(&r)
	}
	return r
}

func withKey(key string) func(*client.AddRequest) {
	return func(r *client.AddRequest) { r.IdempotencyKey = key }
}

func withSecret(secret string) func(*client.AddRequest) {
	return func(r *client.AddRequest) { r.Secret = secret }
}

// sentEmpty is a request whose fields were sent with their zero values.
func sentEmpty() (r client.AddRequest) {
	for _, slot := range r.Slots() {
		r.SetSentName(slot.Field, slot.Field.String())
	}
	return r
}

// add adds a client that must not be refused.
func (w *world) add(t *testing.T, r client.AddRequest) client.Added {
	t.Helper()
	added, err := w.registry.Add(t.Context(), adder, r)
	if err != nil {
		t.Fatal(err)
	}
	return added
}

func TestAnAddedClientGetsTokensForTheCallersAccount(t *testing.T) {
	w := newWorld()
	added := w.add(t, addition())
	if added.Replayed || uuid.Validate(added.Client.ID) != nil || added.Client.Name != "Nightly export" {
		t.Errorf("got %+v", added)
	}
	caller, err := w.authenticator.Authenticate(t.Context(), w.issue(t, credentials(added.Client.ID, "twelve-chars")).AccessToken)
	if err != nil || caller.AccountID() != "account-1" || caller.UserID() != addedUser ||
		!slices.Equal(caller.Scopes(), []string{task.ScopeRead, task.ScopeWrite}) {
		t.Errorf("got %+v and %v", caller, err)
	}
}

func TestAllWrongFieldsOfAnAdditionAreNamedAtOnce(t *testing.T) {
	w := newWorld()
	tests := []struct {
		name    string
		request client.AddRequest
		want    []string
	}{
		{"nothing", client.AddRequest{}, []string{"Name is required: send 1 to 18 printable characters.",
			"Secret is required: send 12 to 50 printable characters.", "UserID is required: send the GUID of a user."}},
		{"a long name and a short secret", addition(withSecret("eleven-char"), func(r *client.AddRequest) { r.Name = strings.Repeat("n", 19) }),
			[]string{`Name cannot be "nnnnnnnnnnnnnnnnnnn": send`, "Secret cannot be what was sent: send"}},
		{"a long secret", addition(withSecret(strings.Repeat("s", 51))), []string{"Secret cannot be what was sent"}},
		{"a line end in the secret", addition(withSecret("twelve-chars\n")), []string{"Secret cannot be what was sent"}},
		{"a secret of spaces", addition(withSecret(strings.Repeat(" ", 12))), []string{"Secret cannot be what was sent"}},
		{"sent with nothing in them", sentEmpty(), []string{"Name cannot be empty: send", "Secret cannot be empty: send", "UserID cannot be the all-zero GUID: send"}},
		{"a blank name", addition(func(r *client.AddRequest) { r.Name = "  " }), []string{`Name cannot be "  "`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := w.registry.Add(t.Context(), adder, test.request)
			if !isCode(err, task.CodeInvalidRequest) {
				t.Fatalf("got %v, want %s", err, task.CodeInvalidRequest)
			}
			reason := task.AsError(err).Reason
			for _, want := range test.want {
				if !strings.Contains(reason, want) {
					t.Errorf("got %q, want %q in it", reason, want)
				}
			}
			if s := test.request.Secret; s != "" && strings.Contains(reason, s) {
				t.Error("the reason repeats the secret")
			}
		})
	}
	if len(w.clients) > 0 {
		t.Error("a client was added")
	}
}

func TestTheLongestFieldsAreTaken(t *testing.T) {
	w := newWorld()
	secret := strings.Repeat("ß", 50)
	added := w.add(t, addition(withSecret(secret), func(r *client.AddRequest) { r.Name = strings.Repeat("é", 18) }))
	w.issue(t, credentials(added.Client.ID, secret))
}

func TestARepeatedAdditionFindsItsClient(t *testing.T) {
	w := newWorld()
	first := w.add(t, addition(withKey("k")))
	again := w.add(t, addition(withKey("k")))
	if !again.Replayed || again.Client.ID != first.Client.ID || len(w.clients) != 1 {
		t.Errorf("got %+v, want the client %s again", again, first.Client.ID)
	}
	if other := w.add(t, addition(withKey("k2"))); other.Client.ID == first.Client.ID {
		t.Error("another key found the same client")
	}
	if without := w.add(t, addition()); without.Replayed || len(w.clients) != 3 {
		t.Error("a request without a key found a client")
	}
	for name, change := range map[string]func(*client.AddRequest){
		"another secret": withSecret("another-secret"),
		"another name":   func(r *client.AddRequest) { r.Name = "Another" },
		"another user":   func(r *client.AddRequest) { r.UserID = uuid.New() },
	} {
		if _, err := w.registry.Add(t.Context(), adder, addition(withKey("k"), change)); !isCode(err, task.CodeIdempotencyKeyReused) {
			t.Errorf("%s: got %v, want %s", name, err, task.CodeIdempotencyKeyReused)
		}
	}
}

func TestAKeyBelongsToItsClient(t *testing.T) {
	w := newWorld()
	first := w.add(t, addition(withKey("k")))
	other := task.NewCaller("account-2", "u", "other", client.Scopes()...)
	added, err := w.registry.Add(t.Context(), other, addition(withKey("k")))
	if err != nil || added.Replayed || added.Client.ID == first.Client.ID || added.Client.AccountID != "account-2" {
		t.Errorf("got %+v and %v", added, err)
	}
}

func TestTheFingerprintOfAnAdditionLeavesTheSecretOut(t *testing.T) {
	w := newWorld()
	one := w.add(t, addition(withKey("k"))).Client.Fingerprint
	two := w.add(t, addition(withKey("k2"), withSecret("another-secret"))).Client.Fingerprint
	if one == "" || one != two {
		t.Errorf("got the fingerprints %q and %q of two secrets, want the same", one, two)
	}
}

func TestAnAccountCanAddSoManyClients(t *testing.T) {
	w := newWorld()
	for range client.AddedLimit {
		c := record(uuid.NewString())
		c.Added = true
		w.clients[c.ID] = c
	}
	_, err := w.registry.Add(t.Context(), adder, addition())
	if !isCode(err, task.CodeInvalidRequest) || !strings.Contains(task.AsError(err).Reason, "100 clients") {
		t.Errorf("got %v", err)
	}
	other := task.NewCaller("account-2", "u", "other", client.Scopes()...)
	if _, err := w.registry.Add(t.Context(), other, addition()); err != nil {
		t.Errorf("another account: got %v", err)
	}
}

func TestAClientWithoutScopesIsNotAdded(t *testing.T) {
	w := newWorld()
	only := task.NewCaller("account-1", "u", "demo", task.ScopeWriteClients)
	if _, err := w.registry.Add(t.Context(), only, addition()); !isCode(err, task.CodeForbidden) || len(w.clients) > 0 {
		t.Errorf("got %v, want %s", err, task.CodeForbidden)
	}
}
