package snippet_test

import (
	"strings"
	"testing"

	"accounttasks/internal/local/reference/snippet"
	"accounttasks/internal/openapi/quickstart"
)

// TestEveryLanguageWritesTheRequest looks for the parts of a request that are written alike everywhere. `make
// test-quickstarts` runs the programs.
func TestEveryLanguageWritesTheRequest(t *testing.T) {
	r := snippet.Request{
		Method: "PUT", URL: "http://127.0.0.1:3000/path", Token: true, Body: "{}",
		Headers: []snippet.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "If-Match", Value: "*"}},
	}
	for _, language := range snippet.Languages() {
		program := snippet.Write(language.ID, r)
		for _, part := range []string{"PUT", r.URL, "Authorization", "TOKEN", "application/json", "If-Match", "{}"} {
			if !strings.Contains(program, part) {
				t.Errorf("%s lacks %q:\n%s", language.Name, part, program)
			}
		}
	}
}

func TestTheLanguagesAreThoseOfTheFirstClients(t *testing.T) {
	programs := quickstart.Programs()
	languages := snippet.Languages()
	if len(languages) != len(programs) {
		t.Fatalf("got %d languages, want %d", len(languages), len(programs))
	}
	for i, p := range programs {
		if want := (snippet.Language{ID: p.ID, Name: p.Language}); languages[i] != want {
			t.Errorf("got %+v, want %+v", languages[i], want)
		}
	}
}
