//go:build xmllint

package openapi_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// TestXMLSchemaAccepts has the schema accept every request and answer that the document shows, the published
// sample and the documents in testdata/valid.
func TestXMLSchemaAccepts(t *testing.T) {
	schema := openapitest.LoadXMLSchema(t)
	documents := xmlFiles(t, "testdata/valid")
	for name, example := range openapitest.Root(t).At("components", "examples").Members() {
		if strings.HasSuffix(name, ".xml") {
			documents[name] = example.At("value").Text()
		}
	}
	for name, document := range documents {
		t.Run(name, func(t *testing.T) {
			if reason, refused := schema.Refuses(t, document); refused {
				t.Errorf("the schema refuses it: %s", reason)
			}
		})
	}
}

// TestXMLSchemaRefuses has the schema refuse the documents in testdata/invalid, each of which is named for the
// one thing that is wrong with it.
func TestXMLSchemaRefuses(t *testing.T) {
	schema := openapitest.LoadXMLSchema(t)
	for name, document := range xmlFiles(t, "testdata/invalid") {
		t.Run(name, func(t *testing.T) {
			if _, refused := schema.Refuses(t, document); !refused {
				t.Error("the schema accepts it")
			}
		})
	}
}

// TestGoldenEnvelopesSatisfyTheXMLSchema holds every golden answer in XML against the XML schema.
func TestGoldenEnvelopesSatisfyTheXMLSchema(t *testing.T) {
	schema := openapitest.LoadXMLSchema(t)
	for name, document := range xmlFiles(t, goldenEnvelopes) {
		t.Run(name, func(t *testing.T) {
			if reason, refused := schema.Refuses(t, document); refused {
				t.Errorf("the schema refuses it: %s", reason)
			}
		})
	}
}

func xmlFiles(t *testing.T, folder string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(folder, "*.xml"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("got no XML files in %s: %v", folder, err)
	}
	documents := make(map[string]string, len(paths))
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		documents[filepath.Base(path)] = string(content)
	}
	return documents
}
