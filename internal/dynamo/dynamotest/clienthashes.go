package dynamotest

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/client"
)

func renewsHash(t *testing.T, e engine) {
	c, hashes := e.create(t)
	old, renewed := hashes["first"], client.Hash("bcrypt-sha256:renewed")
	for name, call := range map[string]struct{ id, secret string }{
		"another secret": {c.ID, "second"}, "another client": {uuid.NewString(), "first"},
	} {
		if err := e.table.Clients().ReplaceHash(t.Context(), call.id, call.secret, old, renewed); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		e.expect(t, c, hashes)
	}
	for range 2 {
		if err := e.table.Clients().ReplaceHash(t.Context(), c.ID, "first", old, renewed); err != nil {
			t.Fatal(err)
		}
		e.expect(t, c, map[string]client.Hash{"first": renewed})
	}
}

func addsKinds(t *testing.T, e engine) {
	one, two, three := "kind:"+uuid.NewString(), "kind:"+uuid.NewString(), "kind:"+uuid.NewString()
	for _, kinds := range [][]string{{one}, {two, three}, {one}} {
		if err := e.table.Clients().AddKinds(t.Context(), kinds...); err != nil {
			t.Fatal(err)
		}
	}
	got := e.credentials(t, uuid.NewString(), client.RefreshKey{}).Kinds
	for _, kind := range []string{one, two, three} {
		if !slices.Contains(got, kind) {
			t.Errorf("got %v, want %s among them", got, kind)
		}
	}
}
