package stack_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"accounttasks/internal/local/reference"
)

// TestTheReferencePageStandsBesideTheAPI reads the page without a token. Reading it leaves no line.
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
}

func TestPathsThatPeopleAndBrowsersTryFirst(t *testing.T) {
	s := start(t, configuration(t))
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	tests := []struct {
		method, path string
		status       int
		location     string
	}{
		{"GET", "/", 302, reference.Path},
		{"HEAD", "/", 302, reference.Path},
		{"GET", "/reference", 302, reference.Path},
		{"GET", "/Reference/", 302, reference.Path},
		{"GET", "/docs", 302, reference.Path},
		{"GET", "/swagger/", 302, reference.Path},
		{"GET", "/api", 302, reference.Path},
		{"POST", "/api", 200, ""},
		{"GET", "/api/v1", 200, ""},
		{"GET", "/health", 200, ""},
		{"GET", "/favicon.ico", 204, ""},
		{"POST", "/", 200, ""},
		{"GET", "//", 200, ""},
		{"GET", "/references", 200, ""},
		{"PUT", "/health", 200, ""},
	}
	for _, test := range tests {
		r, err := http.NewRequest(test.method, s.URL()+test.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if location := answer.Header.Get("Location"); answer.StatusCode != test.status || location != test.location {
			t.Errorf("%s %s: got %d to %q, want %d to %q", test.method, test.path, answer.StatusCode, location, test.status, test.location)
		}
	}
}
