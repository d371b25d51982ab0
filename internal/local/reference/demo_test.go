package reference_test

import (
	"strings"
	"testing"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/reference"
)

// TestFillsInADemoClient compares the client that the page fills in with the demo data.
func TestFillsInADemoClient(t *testing.T) {
	page := body(t, get(t, reference.Path))
	client := demo.Clients()[0]
	for _, field := range []string{
		`name="client_id" value="` + client.ID + `"`, `name="client_secret" value="` + client.Secret + `"`,
	} {
		if !strings.Contains(page, field) {
			t.Errorf("the page has no field %s", field)
		}
	}
}
