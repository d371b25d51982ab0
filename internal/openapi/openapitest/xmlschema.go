package openapitest

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"accounttasks/internal/openapi"
)

// XMLSchema judges XML documents by the XML schema.
type XMLSchema struct{ xmllint, schema string }

// LoadXMLSchema makes the schema ready for the xmllint that the variable XMLLINT names.
func LoadXMLSchema(t testing.TB) XMLSchema {
	t.Helper()
	xmllint := os.Getenv("XMLLINT")
	if xmllint == "" {
		t.Fatal("XMLLINT names no xmllint: run make test-xsd")
	}
	schema := filepath.Join(t.TempDir(), "accounttasks.xsd")
	if err := os.WriteFile(schema, openapi.XMLSchema, 0o644); err != nil {
		t.Fatal(err)
	}
	return XMLSchema{xmllint, schema}
}

// invalid is xmllint's exit status for a document that does not satisfy the schema.
const invalid = 3

// Refuses reports whether the document does not satisfy the schema, and why. It fails the test on a document
// that is not well formed, and on a schema that is none.
func (s XMLSchema) Refuses(t testing.TB, document string) (reason string, refused bool) {
	t.Helper()
	lint := exec.CommandContext(t.Context(), s.xmllint, "--noout", "--nonet", "--schema", s.schema, "-")
	lint.Stdin = strings.NewReader(document)
	var said bytes.Buffer
	lint.Stderr = &said
	err := lint.Run()
	if err == nil {
		return "", false
	}
	if lint.ProcessState == nil || lint.ProcessState.ExitCode() != invalid {
		t.Fatalf("xmllint: %v: %s", err, said.String())
	}
	return said.String(), true
}
