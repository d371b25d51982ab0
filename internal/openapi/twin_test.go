package openapi_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"accounttasks/internal/openapi"
	"accounttasks/internal/openapi/openapitest"
)

// TestTwinIsCurrent checks that the OpenAPI 3.0 twin was made from the document as it is.
func TestTwinIsCurrent(t *testing.T) {
	sum := sha256.Sum256(openapi.Document)
	head, _, _ := bytes.Cut(openapi.Twin, []byte("openapi: 3.0."))
	if !bytes.Contains(head, []byte(hex.EncodeToString(sum[:]))) {
		t.Error("openapi.yaml has changed since openapi-3.0.yaml was made: run make openapi-twin")
	}
}

func TestTwinIsValidOpenAPI(t *testing.T) {
	openapitest.CheckDocument(t, openapi.Twin)
}

// TestDocumentsAreServedFromAnotherAddress checks that every address of the service changes.
func TestDocumentsAreServedFromAnotherAddress(t *testing.T) {
	for name, document := range map[string][]byte{"openapi.yaml": openapi.Document, "openapi-3.0.yaml": openapi.Twin} {
		served := string(openapi.ServedFrom(document, "http://localhost:8080"))
		for _, want := range []string{"url: http://localhost:8080\n", "tokenUrl: http://localhost:8080/Token\n"} {
			if !strings.Contains(served, want) {
				t.Errorf("%s does not have %q", name, want)
			}
		}
		if strings.Contains(served, "127.0.0.1") {
			t.Errorf("%s still has the address of the local stack", name)
		}
	}
}
