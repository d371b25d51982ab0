package reference_test

import (
	"strings"
	"testing"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/reference"
)

// TestFillsInADemoClient holds the client that the page fills in against the demo data.
func TestFillsInADemoClient(t *testing.T) {
	page := body(t, get(t, reference.Path))
	for _, client := range demo.Clients() {
		if strings.Contains(page, `clientId: "`+client.ID+`", clientSecret: "`+client.Secret+`"`) {
			return
		}
	}
	t.Error("the page fills in no client of the demo data")
}
