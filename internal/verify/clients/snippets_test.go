//go:build quickstarts

package clients_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/local/reference"
	"accounttasks/internal/local/reference/document"
	"accounttasks/internal/local/reference/snippet"
	"accounttasks/internal/openapi"
)

// snippetFiles are the names that the programs need.
var snippetFiles = map[string]string{
	"curl": "call.sh", "csharp": "Call.cs", "php": "call.php", "java": "Call.java", "python": "call.py", "javascript": "call.mjs",
	"go": "call.go",
}

// TestRequestsOfTheReferencePage sends every operation's request, as the page shows it, from every language. All are
// answered with 200: what changes something is the same request with the same Idempotency-Key in every language, which
// would be refused if one language wrote another body. The task is deleted last.
func TestRequestsOfTheReferencePage(t *testing.T) {
	origin := startStack(t)
	token := accessToken(t, origin)
	for _, operation := range inOrder(t) {
		t.Run(operation.ID, func(t *testing.T) {
			request := reference.Request(origin, operation)
			for _, language := range snippet.Languages() {
				t.Run(language.Name, func(t *testing.T) {
					t.Parallel()
					program := snippet.Write(language.ID, request)
					command := snippetCommand(t, language.ID, program)
					output := run(t, []string{"TOKEN=" + token}, command[0], command[1:]...)
					if !strings.HasPrefix(strings.TrimPrefix(output, "HTTP/1.1 "), "200") {
						t.Errorf("got %s\n%s", output, program)
					}
				})
			}
		})
	}
}

// inOrder are the operations of the document, the one that deletes last.
func inOrder(t *testing.T) []document.Operation {
	t.Helper()
	parsed, err := document.Parse(openapi.Document)
	if err != nil {
		t.Fatal(err)
	}
	var operations, last []document.Operation
	for _, group := range parsed.Groups {
		for _, o := range group.Operations {
			if o.Method == "DELETE" {
				last = append(last, o)
			} else {
				operations = append(operations, o)
			}
		}
	}
	if len(operations) < 11 || len(last) != 1 {
		t.Fatalf("got %d operations and %d that delete", len(operations), len(last))
	}
	return slices.Concat(operations, last)
}

// snippetCommand writes a program into a file and is the command that runs it.
func snippetCommand(t *testing.T, language, program string) []string {
	t.Helper()
	file := filepath.Join(t.TempDir(), snippetFiles[language])
	if err := os.WriteFile(file, []byte(program), 0o600); err != nil {
		t.Fatal(err)
	}
	switch language {
	case "curl":
		return []string{"sh", file}
	case "csharp":
		return []string{"mono", compileCSharp(t, "call", file)}
	case "python":
		return []string{"python3", file}
	case "javascript":
		return []string{"node", file}
	case "go":
		return []string{"go", "run", file}
	}
	return []string{language, file}
}
