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
	"accounttasks/internal/openapi/quickstart"
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
		"/reference/first-clients/python/quickstart.py":    {"text/plain; charset=utf-8", source(t, "python")},
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

func source(t *testing.T, id string) []byte {
	t.Helper()
	for _, p := range quickstart.Programs() {
		if p.ID == id {
			return p.Source()
		}
	}
	t.Fatalf("there is no first client in %s", id)
	return nil
}

var loaded = regexp.MustCompile(`(?:src|href)="([^"]*)"`)

// TestServesWhatThePagesLoad follows every address and script of the pages: each comes from this handler, and each part
// that is linked to exists.
func TestServesWhatThePagesLoad(t *testing.T) {
	for _, path := range []string{reference.Path, reference.Path + "from-the-original"} {
		page := get(t, path)
		if got := page.Header.Get("Content-Type"); got != "text/html; charset=utf-8" {
			t.Fatalf("%s has the type %q", path, got)
		}
		text := body(t, page)
		addresses := loaded.FindAllStringSubmatch(text, -1)
		if len(addresses) == 0 {
			t.Fatalf("%s loads nothing", path)
		}
		for _, address := range addresses {
			file, part, _ := strings.Cut(address[1], "#")
			switch {
			case file == "" && !strings.Contains(text, `id="`+part+`"`):
				t.Errorf("%s links to its part %s, which does not exist", path, part)
			case file == "":
			case !strings.HasPrefix(file, reference.Path):
				t.Errorf("%s loads %s, which is not below %s", path, file, reference.Path)
			default:
				if got := get(t, file); got.StatusCode != http.StatusOK || body(t, got) == "" {
					t.Errorf("GET %s: got %s, want what %s loads", file, got.Status, path)
				}
			}
		}
	}
}

var imported = regexp.MustCompile(`from '\./([^']*)'`)

// TestServesWhatTheScriptImports follows the imports of the page's script.
func TestServesWhatTheScriptImports(t *testing.T) {
	names := imported.FindAllStringSubmatch(body(t, get(t, reference.Path+"page.js")), -1)
	if len(names) == 0 {
		t.Fatal("the script imports nothing")
	}
	for _, name := range names {
		if got := get(t, reference.Path+name[1]); got.StatusCode != http.StatusOK {
			t.Errorf("GET %s: got %s", name[1], got.Status)
		}
	}
}

// TestKeepsThePageToThisHost looks at the policy by which the browser would stop the page from asking any
// other host.
func TestKeepsThePageToThisHost(t *testing.T) {
	policy := get(t, reference.Path).Header.Get("Content-Security-Policy")
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "http") || strings.Contains(policy, "*") ||
		strings.Contains(policy, "unsafe") {
		t.Errorf("the policy is %q, want one that allows files of this host alone", policy)
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
