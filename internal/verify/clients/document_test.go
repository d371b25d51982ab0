//go:build clients

package clients_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"accounttasks/internal/openapi"
)

// TestTwinIsTheConvertersResult checks that the OpenAPI 3.0 twin is byte for byte what the converter makes.
func TestTwinIsTheConvertersResult(t *testing.T) {
	t.Parallel()
	made := run(t, nil, "node", filepath.Join(os.Getenv("TWIN_TOOLS"), "convert.cjs"), openAPIDocument)
	if !bytes.Equal([]byte(made), openapi.Twin) {
		t.Error("openapi-3.0.yaml is not what the converter makes of openapi.yaml: run make openapi-twin")
	}
}

// TestLintersFindNoError lints the document and its twin.
func TestLintersFindNoError(t *testing.T) {
	t.Parallel()
	for _, name := range []string{openAPIDocument, "../../openapi/openapi-3.0.yaml"} {
		for _, lint := range [][]string{
			{nodeTool(t, "spectral"), "lint", "--ruleset", "generated/spectral.yaml", name},
			{nodeTool(t, "redocly"), "lint", name},
		} {
			t.Run(filepath.Base(lint[0])+" "+filepath.Base(name), func(t *testing.T) {
				t.Parallel()
				if found, err := output(t, ".", lint[0], lint[1:]...); err != nil {
					t.Errorf("%v\n%s", err, found)
				}
			})
		}
	}
}

// TestSchemathesisFindsNothing has schemathesis send requests that it makes from the document, and compare the answers
// with it. The seed makes it send the same ones each time.
func TestSchemathesisFindsNothing(t *testing.T) {
	t.Parallel()
	origin := startStack(t)
	settings, described := absolute(t, "generated/schemathesis.toml"), absolute(t, openAPIDocument)
	// schemathesis leaves files where it runs.
	found, err := output(t, t.TempDir(), pythonTool(t, "schemathesis"), "--config-file", settings, "run", described,
		"--url", origin, "--header", "Authorization: Bearer "+accessToken(t, origin), "--max-examples", "25", "--seed", "1",
		"--generation-database", "none", "--suppress-health-check", "all", "--warnings", "off", "--no-color")
	if err != nil {
		t.Errorf("%v\n%s", err, found)
	}
}

// TestImportIntoPostmanRuns imports the document into Postman with examples for parameters, and sends every request of
// the collection once, in its order. The collection has variables for the address and for the token.
func TestImportIntoPostmanRuns(t *testing.T) {
	t.Parallel()
	origin := startStack(t)
	collection, report := filepath.Join(t.TempDir(), "collection.json"), filepath.Join(t.TempDir(), "report.json")
	run(t, nil, nodeTool(t, "openapi2postmanv2"), "--spec", openAPIDocument, "--output", collection, "--options", "parametersResolution=Example")
	run(t, nil, nodeTool(t, "newman"), "run", collection, "--env-var", "baseUrl="+origin, "--env-var", "bearerToken="+accessToken(t, origin),
		"--reporters", "json", "--reporter-json-export", report)
	content, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var ran struct {
		Run struct {
			Executions []struct {
				Item     struct{ Name string }
				Response struct{ Code int }
			}
		}
	}
	if err := json.Unmarshal(content, &ran); err != nil {
		t.Fatal(err)
	}
	if len(ran.Run.Executions) == 0 {
		t.Error("newman sent nothing")
	}
	for _, e := range ran.Run.Executions {
		if e.Response.Code != 200 {
			t.Errorf("%s: got %d, want 200", e.Item.Name, e.Response.Code)
		}
	}
}
