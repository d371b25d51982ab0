package dynamotest

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
)

// clientPromises are the promises about clients, secrets and tokens.
var clientPromises = []struct {
	name  string
	check func(*testing.T, engine)
}{
	{"a client comes back as it was created, with its hashes", createsClient},
	{"a client is not created over another one", createsNoneOver},
	{"a client that is not there is empty", loadsNothing},
	{"an account's callers can add so many clients and no more", countsAdded},
	{"of clients racing for one id exactly one is created", oneCreatesClient},
	{"a client is replaced as it was seen and not otherwise", replacesClient},
	{"a client is removed as it was seen and not otherwise", removesClient},
	{"of changes racing on one client exactly one is made", oneReplacesClient},
	{"a record from before tokens can be read, changed and removed", takesOldRecord},
	{"all clients are listed", listsClients},
	{"an access token comes back with its client", savesAccess},
	{"a refresh token is an access token nowhere", keepsKindsApart},
	{"a refresh token is used once", usesRefreshOnce},
	{"of uses racing for one refresh token exactly one is the first", oneUsesRefresh},
	{"a family is revoked for good", revokesFamily},
	{"a hash is renewed unless it has changed", renewsHash},
	{"kinds of hashes add up", addsKinds},
	{"keys that are left unprocessed are asked for again", asksForUnprocessed},
	{"keys that stay unprocessed are an error", givesUpUnprocessed},
	{"items that are left unprocessed are written again", writesUnprocessed},
}

// newClient is a client on the engine's account that is not in the table, and its hashes.
func (e engine) newClient() (client.Client, map[string]client.Hash) {
	c := client.Client{
		ID: uuid.NewString(), AccountID: e.account, UserID: "demo.user", Name: "Demo", Scopes: client.Scopes(),
		Secrets: []string{"first"}, Generation: uuid.NewString(), Version: 1,
	}
	return c, map[string]client.Hash{"first": client.Hash("sha256:" + uuid.NewString())}
}

// create creates a client that must not be refused.
func (e engine) create(t *testing.T) (client.Client, map[string]client.Hash) {
	t.Helper()
	c, hashes := e.newClient()
	if err := e.table.Clients().Create(t.Context(), c, hashes); err != nil {
		t.Fatal(err)
	}
	return c, hashes
}

// credentials loads a client with its secrets and tokens.
func (e engine) credentials(t *testing.T, id string, refresh client.RefreshKey) client.Credentials {
	t.Helper()
	found, err := e.table.Clients().LoadCredentials(t.Context(), id, refresh)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// expect checks what the table stores of a client.
func (e engine) expect(t *testing.T, c client.Client, hashes map[string]client.Hash) {
	t.Helper()
	found := e.credentials(t, c.ID, client.RefreshKey{})
	if !reflect.DeepEqual(found.Client, c) || !maps.Equal(found.Hashes, hashes) {
		t.Errorf("got  %+v with %d hashes\nwant %+v with %d", found.Client, len(found.Hashes), c, len(hashes))
	}
}

func createsClient(t *testing.T, e engine) {
	c, hashes := e.newClient()
	c.Fingerprint = "a fingerprint"
	c.Secrets = append(c.Secrets, "second")
	hashes["second"] = "bcrypt-sha256:…"
	if err := e.table.Clients().Create(t.Context(), c, hashes); err != nil {
		t.Fatal(err)
	}
	e.expect(t, c, hashes)
}

func createsNoneOver(t *testing.T, e engine) {
	c, hashes := e.create(t)
	other, otherHashes := e.newClient()
	other.ID, other.AccountID = c.ID, uuid.NewString()
	if err := e.table.Clients().Create(t.Context(), other, otherHashes); !errors.Is(err, client.ErrExists) {
		t.Errorf("got %v, want %v", err, client.ErrExists)
	}
	e.expect(t, c, hashes)
	if err := e.table.Clients().Create(t.Context(), c, hashes); err != nil {
		t.Errorf("a further attempt of the same creation: got %v, want none", err)
	}
}

func loadsNothing(t *testing.T, e engine) {
	found := e.credentials(t, uuid.NewString(), client.RefreshKey{Hash: "h", Family: "f"})
	if found.Client.ID != "" || len(found.Hashes) > 0 || found.Refresh.Kind != "" || found.Revoked {
		t.Errorf("got %+v", found)
	}
	c, token, err := e.table.Clients().LoadAccess(t.Context(), uuid.NewString(), "h")
	if err != nil || c.ID != "" || token.Kind != "" {
		t.Errorf("got %+v, %+v and %v", c, token, err)
	}
}

func countsAdded(t *testing.T, e engine) {
	add := func() (client.Client, error) {
		c, hashes := e.newClient()
		c.Added = true
		return c, e.table.Clients().Create(t.Context(), c, hashes)
	}
	e.create(t)
	var last client.Client
	for i := range client.AddedLimit {
		var err error
		if last, err = add(); err != nil {
			t.Fatalf("the client %d: %v", i+1, err)
		}
	}
	refused, err := add()
	if !errors.Is(err, client.ErrFull) {
		t.Errorf("got %v for one more, want %v", err, client.ErrFull)
	}
	if found := e.credentials(t, refused.ID, client.RefreshKey{}); found.Client.ID != "" || len(found.Hashes) > 0 {
		t.Error("a client that was refused is there")
	}
	e.create(t)
	if err := e.table.Clients().Delete(t.Context(), last); err != nil {
		t.Fatal(err)
	}
	if _, err := add(); err != nil {
		t.Errorf("got %v after one was removed", err)
	}
	if _, err := add(); !errors.Is(err, client.ErrFull) {
		t.Errorf("got %v for one more again, want %v", err, client.ErrFull)
	}
}

// race makes several calls at the same time and counts those that succeed. The others must fail with the error want.
func race(t *testing.T, want error, call func(i int) error) (won int) {
	t.Helper()
	errs := make([]error, concurrent)
	var running sync.WaitGroup
	for i := range errs {
		running.Go(func() { errs[i] = call(i) })
	}
	running.Wait()
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, want):
			t.Errorf("got %v, want %v", err, want)
		}
	}
	return won
}

func oneCreatesClient(t *testing.T, e engine) {
	id := uuid.NewString()
	won := race(t, client.ErrExists, func(int) error {
		c, hashes := e.newClient()
		c.ID = id
		return e.table.Clients().Create(t.Context(), c, hashes)
	})
	if won != 1 {
		t.Errorf("%d were created, want 1", won)
	}
}

func replacesClient(t *testing.T, e engine) {
	seen, hashes := e.create(t)
	changed := seen
	changed.Secrets = []string{"first", "second"}
	hashes["second"] = "sha256:second"
	if err := e.table.Clients().Replace(t.Context(), seen, changed, hashes); err != nil {
		t.Fatal(err)
	}
	changed.Version = 2
	e.expect(t, changed, hashes)
	if err := e.table.Clients().Replace(t.Context(), seen, changed, hashes); err != nil {
		t.Errorf("a further attempt of the same change: got %v, want none", err)
	}
	other := seen
	other.Generation = "another"
	for name, before := range map[string]client.Client{
		"an earlier version":   seen,
		"another generation":   {ID: seen.ID, Generation: "another", Version: 2},
		"one that is not here": {ID: uuid.NewString(), Generation: seen.Generation, Version: 2},
	} {
		other.ID = before.ID
		if err := e.table.Clients().Replace(t.Context(), before, other, nil); !errors.Is(err, client.ErrChanged) {
			t.Errorf("%s: got %v, want %v", name, err, client.ErrChanged)
		}
	}
	e.expect(t, changed, hashes)
}

func removesClient(t *testing.T, e engine) {
	seen, hashes := e.create(t)
	stale := seen
	stale.Version = 7
	if err := e.table.Clients().Delete(t.Context(), stale); !errors.Is(err, client.ErrChanged) {
		t.Errorf("another version: got %v, want %v", err, client.ErrChanged)
	}
	e.expect(t, seen, hashes)
	if err := e.table.Clients().Delete(t.Context(), seen); err != nil {
		t.Fatal(err)
	}
	if found := e.credentials(t, seen.ID, client.RefreshKey{}); found.Client.ID != "" || len(found.Hashes) > 0 {
		t.Error("the client or its hashes are still there")
	}
	if err := e.table.Clients().Delete(t.Context(), seen); !errors.Is(err, client.ErrChanged) {
		t.Errorf("one that is gone: got %v, want %v", err, client.ErrChanged)
	}
}

func oneReplacesClient(t *testing.T, e engine) {
	seen, hashes := e.create(t)
	won := race(t, client.ErrChanged, func(int) error {
		changed := seen
		changed.Generation = uuid.NewString()
		return e.table.Clients().Replace(t.Context(), seen, changed, hashes)
	})
	if won != 1 {
		t.Errorf("%d changes were made, want 1", won)
	}
}

func takesOldRecord(t *testing.T, e engine) {
	id, old := uuid.NewString(), map[string]Attribute{}
	for name, value := range map[string]string{
		dynamo.PartitionKey: "CLIENT#" + id, dynamo.SortKey: "CLIENT", "AccountID": e.account, "UserID": "demo.user", "Name": "Demo",
	} {
		old[name] = &types.AttributeValueMemberS{Value: value}
	}
	e.putItem(t, old)
	found := e.credentials(t, id, client.RefreshKey{}).Client
	if found.AccountID != e.account || found.Generation != "" || len(found.Secrets) > 0 {
		t.Errorf("got %+v", found)
	}
	changed := found
	changed.Generation = "a new one"
	if err := e.table.Clients().Replace(t.Context(), found, changed, nil); err != nil {
		t.Fatal(err)
	}
	if err := e.table.Clients().Delete(t.Context(), found); !errors.Is(err, client.ErrChanged) {
		t.Errorf("got %v for the record as it was, want %v", err, client.ErrChanged)
	}
	changed.Version = 1
	if err := e.table.Clients().Delete(t.Context(), changed); err != nil {
		t.Error(err)
	}
}

func listsClients(t *testing.T, e engine) {
	var want []string
	for range 5 {
		c, _ := e.create(t)
		want = append(want, c.ID)
	}
	e.put(t, stored())
	var got []string
	for c, err := range e.table.Clients().List(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		if c.AccountID == e.account {
			got = append(got, c.ID)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
