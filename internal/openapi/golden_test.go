package openapi_test

import (
	"encoding/json"
	"encoding/xml"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// goldenEnvelopes are the golden files of the package that writes the answers: each answer in JSON and in XML.
const goldenEnvelopes = "../wire/testdata/envelopes"

// TestGoldenEnvelopesAreDocumented holds every golden answer in JSON against the document's schema that has the name
// of its root element in XML, and has the document show its code.
func TestGoldenEnvelopesAreDocumented(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(goldenEnvelopes, "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("got no golden answers in %s: %v", goldenEnvelopes, err)
	}
	shown := shownCodes(t)
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			body := readFile(t, path)
			root := rootOf(t, readFile(t, strings.TrimSuffix(path, ".json")+".xml"))
			openapitest.CheckSchema(t, root, string(body))
			openapitest.CheckSpelling(t, string(body))
			if code := codeOf(t, body); code != "" && !slices.Contains(shown, code) {
				t.Errorf("the document shows the refusals %q, the golden answer has %s", shown, code)
			}
		})
	}
}

// shownCodes are the names of the refusals that the document shows with the update.
func shownCodes(t *testing.T) []string {
	t.Helper()
	var codes []string
	for _, answer := range openapitest.Root(t).At("paths", "/api/v1/admin/tasks/account/{id}", "put", "responses").Members() {
		codes = append(codes, answer.At("content", "application/json", "examples").Names()...)
	}
	return codes
}

// rootOf is the name of a document's root element.
func rootOf(t *testing.T, document []byte) string {
	t.Helper()
	var root struct{ XMLName xml.Name }
	if err := xml.Unmarshal(document, &root); err != nil {
		t.Fatal(err)
	}
	return root.XMLName.Local
}

// codeOf is the code of a refusal, and empty for a success.
func codeOf(t *testing.T, body []byte) string {
	t.Helper()
	var envelope struct{ Error *struct{ ErrorCode string } }
	if err := json.Unmarshal(body, &envelope); err != nil {
		t.Fatal(err)
	}
	if envelope.Error == nil {
		return ""
	}
	return envelope.Error.ErrorCode
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
