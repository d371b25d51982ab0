package reference_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"accounttasks/internal/local/reference"
	"accounttasks/internal/openapi"
)

func get(t *testing.T, path string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	reference.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func eventSchema(t *testing.T, name string) []byte {
	t.Helper()
	content, err := openapi.EventSchemas.ReadFile("events/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestServesTheContract(t *testing.T) {
	for path, want := range map[string]struct {
		mediaType string
		content   []byte
	}{
		"/reference/openapi.yaml":                          {"application/yaml", openapi.ServedFrom(openapi.Document, "http://example.com")},
		"/reference/openapi-3.0.yaml":                      {"application/yaml", openapi.ServedFrom(openapi.Twin, "http://example.com")},
		"/reference/accounttasks.xsd":                      {"application/xml", openapi.XMLSchema},
		"/reference/events/account-task-due.json":          {"application/json", eventSchema(t, "account-task-due.json")},
		"/reference/events/account-task-finished.json":     {"application/json", eventSchema(t, "account-task-finished.json")},
		"/reference/events/account-task-notification.json": {"application/json", eventSchema(t, "account-task-notification.json")},
	} {
		got := get(t, path)
		if mediaType := got.Header.Get("Content-Type"); got.StatusCode != http.StatusOK || mediaType != want.mediaType {
			t.Errorf("GET %s: got %s with the type %s, want 200 with %s", path, got.Status, mediaType, want.mediaType)
		}
		if body(t, got) != string(want.content) {
			t.Errorf("GET %s: got other bytes than the file's", path)
		}
	}
}

var loaded = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

// TestServesWhatThePageLoads follows everything that the page loads: it comes from this handler.
func TestServesWhatThePageLoads(t *testing.T) {
	page := get(t, reference.Path)
	if got := page.Header.Get("Content-Type"); got != "text/html" {
		t.Fatalf("the page has the type %q", got)
	}
	addresses := loaded.FindAllStringSubmatch(body(t, page), -1)
	if len(addresses) == 0 {
		t.Fatal("the page loads nothing")
	}
	for _, address := range addresses {
		if !strings.HasPrefix(address[1], reference.Path) {
			t.Errorf("the page loads %s, which is not below %s", address[1], reference.Path)
			continue
		}
		if got := get(t, address[1]); got.StatusCode != http.StatusOK || body(t, got) == "" {
			t.Errorf("GET %s: got %s, want what the page loads", address[1], got.Status)
		}
	}
}

// TestKeepsThePageToThisHost looks at the policy by which the browser would stop the page from asking any
// other host.
func TestKeepsThePageToThisHost(t *testing.T) {
	policy := get(t, reference.Path).Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'self'") || strings.Contains(policy, "http") || strings.Contains(policy, "*") {
		t.Errorf("the policy is %q, want one that allows this host alone", policy)
	}
}

func TestAnswersReadingOnly(t *testing.T) {
	w := httptest.NewRecorder()
	reference.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodPost, reference.Path, nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("got status %d, want 405", w.Code)
	}
}

func TestUnknownFilesAreNotFound(t *testing.T) {
	if got := get(t, reference.Path+"nothing.js"); got.StatusCode != http.StatusNotFound {
		t.Errorf("got %s, want 404", got.Status)
	}
}
