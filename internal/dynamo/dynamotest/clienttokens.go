package dynamotest

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/client"
)

// newToken returns a token of a client, which is not in the table yet.
func newToken(c client.Client, kind client.Kind) client.Token {
	return client.Token{
		Kind: kind, ClientID: c.ID, Hash: uuid.NewString(), Scopes: c.Scopes[:1], SecretID: c.Secrets[0],
		Generation: c.Generation, ExpiresAt: day(20).Truncate(time.Second),
	}
}

// saveTokens saves tokens.
func (e engine) saveTokens(t *testing.T, tokens ...client.Token) {
	t.Helper()
	if err := e.table.Clients().SaveTokens(t.Context(), tokens...); err != nil {
		t.Fatal(err)
	}
}

func savesAccess(t *testing.T, e engine) {
	c, _ := e.create(t)
	want := newToken(c, client.KindAccess)
	e.saveTokens(t, want, newToken(c, client.KindAccess))
	gotClient, got, err := e.table.Clients().LoadAccess(t.Context(), c.ID, want.Hash)
	if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotClient, c) {
		t.Errorf("got  %+v of %+v and %v\nwant %+v of %+v", got, gotClient, err, want, c)
	}
}

// newRefresh is a refresh token of a client, with a family.
func newRefresh(c client.Client) (client.Token, client.RefreshKey) {
	token := newToken(c, client.KindRefresh)
	token.Family = uuid.NewString()
	return token, client.RefreshKey{Hash: token.Hash, Family: token.Family}
}

func keepsKindsApart(t *testing.T, e engine) {
	c, _ := e.create(t)
	want, key := newRefresh(c)
	access := newToken(c, client.KindAccess)
	e.saveTokens(t, want, access)
	if _, got, err := e.table.Clients().LoadAccess(t.Context(), c.ID, want.Hash); err != nil || got.Kind != "" {
		t.Errorf("got %+v and %v for a refresh token, want none", got, err)
	}
	found := e.credentials(t, c.ID, key)
	if !reflect.DeepEqual(found.Refresh, want) || found.Revoked {
		t.Errorf("got %+v, revoked %t, want %+v", found.Refresh, found.Revoked, want)
	}
	if found := e.credentials(t, c.ID, client.RefreshKey{Hash: access.Hash, Family: want.Family}); found.Refresh.Kind != "" {
		t.Errorf("got %+v for an access token, want none", found.Refresh)
	}
}

func usesRefreshOnce(t *testing.T, e engine) {
	c, _ := e.create(t)
	token, key := newRefresh(c)
	e.saveTokens(t, token)
	for _, at := range []time.Time{day(3), day(4)} {
		first, err := e.table.Clients().UseRefresh(t.Context(), c.ID, token.Hash, at)
		if err != nil || !first.Equal(day(3)) {
			t.Errorf("used at %v: got %v and %v, want %v", at, first, err, day(3))
		}
	}
	if got := e.credentials(t, c.ID, key).Refresh.UsedAt; !got.Equal(day(3)) {
		t.Errorf("got %v, want it used at %v", got, day(3))
	}
	if _, err := e.table.Clients().UseRefresh(t.Context(), c.ID, "another", day(3)); !errors.Is(err, client.ErrNotFound) {
		t.Errorf("got %v for one that is not there, want %v", err, client.ErrNotFound)
	}
	if found := e.credentials(t, c.ID, client.RefreshKey{Hash: "another", Family: "f"}); found.Refresh.Kind != "" || !found.Refresh.UsedAt.IsZero() {
		t.Error("the use of a token that is not there made one")
	}
}

func oneUsesRefresh(t *testing.T, e engine) {
	c, _ := e.create(t)
	token, _ := newRefresh(c)
	e.saveTokens(t, token)
	errLater := errors.New("another one was first")
	won := race(t, errLater, func(i int) error {
		at := day(1).Add(time.Duration(i) * time.Second)
		first, err := e.table.Clients().UseRefresh(t.Context(), c.ID, token.Hash, at)
		if err == nil && !first.Equal(at) {
			return errLater
		}
		return err
	})
	if won != 1 {
		t.Errorf("%d uses were the first, want 1", won)
	}
}

func revokesFamily(t *testing.T, e engine) {
	c, _ := e.create(t)
	token, key := newRefresh(c)
	other, otherKey := newRefresh(c)
	e.saveTokens(t, token, other)
	for range 2 {
		if err := e.table.Clients().RevokeFamily(t.Context(), c.ID, token.Family, day(20)); err != nil {
			t.Fatal(err)
		}
	}
	e.saveTokens(t, token)
	if !e.credentials(t, c.ID, key).Revoked {
		t.Error("the family is not revoked")
	}
	if e.credentials(t, c.ID, otherKey).Revoked {
		t.Error("another family is revoked")
	}
}
