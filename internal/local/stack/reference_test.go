package stack_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/local/reference"
)

// TestTheReferencePageStandsBesideTheAPI reads the page without a token. Only its own path is taken from the
// API, and reading it leaves no line.
func TestTheReferencePageStandsBesideTheAPI(t *testing.T) {
	c := configuration(t)
	var out terminal
	c.Output = &out
	s := start(t, c)
	answer, err := http.Get(s.URL() + reference.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode != http.StatusOK || !strings.Contains(string(page), "<title>Account tasks") {
		t.Errorf("got %s %s, want the page", answer.Status, page)
	}
	if strings.Contains(out.String(), reference.Path) {
		t.Errorf("the page left a line: %s", out.String())
	}
	if status, _ := get(t, s.URL()+"/references", ""); status != http.StatusUnauthorized {
		t.Errorf("a path beside the page's: got status %d, want the API's 401", status)
	}
}
