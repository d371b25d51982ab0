package openapi_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// goldenEnvelopes are the golden files of the package that writes the answers.
const goldenEnvelopes = "../wire/testdata/envelopes"

// undocumented are the golden answers of operations that the document does not describe yet. Whoever documents an
// operation takes its answers out.
var undocumented = []string{
	"catalogue.json", "client.json", "dates.json", "empty-refused.json", "empty.json", "runs.json",
	"tasks-forbidden.json", "tasks-none.json", "tasks-summary.json", "tasks.json",
}

// TestGoldenEnvelopesAreDocumented holds every golden answer in JSON against the schema of the status at which
// the document shows its code.
func TestGoldenEnvelopesAreDocumented(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(goldenEnvelopes, "*.json"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("got no golden answers in %s: %v", goldenEnvelopes, err)
	}
	for _, path := range paths {
		if slices.Contains(undocumented, filepath.Base(path)) {
			continue
		}
		t.Run(filepath.Base(path), func(t *testing.T) {
			body, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			status, header := documentedHead(t, body)
			openapitest.CheckAnswer(t, openapitest.Answer{Status: status, Header: header, Body: string(body)})
		})
	}
}

// documentedHead is the status at which the document shows the code of an answer, with the headers that it
// shows there: a golden answer is a body alone.
func documentedHead(t *testing.T, body []byte) (int, http.Header) {
	t.Helper()
	put := openapitest.Root(t).At("paths", "/api/v1/admin/tasks/account/{id}", "put")
	shown := codeOf(t, body)
	for status, answer := range put.At("responses").Members() {
		if !slices.Contains(answer.At("content", "application/json", "examples").Names(), shown) {
			continue
		}
		number, err := strconv.Atoi(status)
		if err != nil {
			t.Fatal(err)
		}
		header := http.Header{"Content-Type": {"application/json; charset=utf-8"}}
		for name, described := range answer.At("headers").Members() {
			if example, ok := described.Members()["example"]; ok {
				header.Set(name, example.Text())
			}
		}
		return number, header
	}
	t.Fatalf("the document shows no answer %s", shown)
	return 0, nil
}

// codeOf is the name of the document's example for an answer: its code, or the name of a success.
func codeOf(t *testing.T, body []byte) string {
	t.Helper()
	var envelope struct{ Error *struct{ ErrorCode string } }
	if err := json.Unmarshal(body, &envelope); err != nil {
		t.Fatal(err)
	}
	if envelope.Error == nil {
		return "Updated"
	}
	return envelope.Error.ErrorCode
}
