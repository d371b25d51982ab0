package client_test

import (
	"testing"

	"accounttasks/internal/client"
)

// TestWhatIsComparedAcrossVersionsStays holds what the table keeps, or what an ID is made of, to what the first version
// made: a repeat, a token or an import may reach a later version.
func TestWhatIsComparedAcrossVersionsStays(t *testing.T) {
	w := newWorld()
	added := w.add(t, addition(withKey("key"))).Client
	for _, test := range []struct{ name, got, want string }{
		{"the ID of a client that a key adds", added.ID, "4d36857b-d24d-5958-ad50-646f04aed3e7"},
		{"the fingerprint of an addition", added.Fingerprint, "UgurDzEAd_GD9tH6sdHaIgAEQSDmeDZspnlW4Iyh61Y"},
		{"the hash of a token", client.HashToken("ZGVtbw.token"), "v2dU4PNUy3LxzMEL7laMXqIt2x4dr0Iw83derOkVHbo"},
	} {
		if test.got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, test.got, test.want)
		}
	}
	c := record("imported")
	c.Secrets, c.Imported = []string{"20260604T034503Z-00000000"}, "eSxbTmxzqwUBJXa5PVMGMw"
	if !c.IsAsImported() {
		t.Error("the mark of an import is not that of the first version")
	}
}
