//go:build xmllint

package main

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// withoutXML are the events whose answers are never XML: one is not a request, and one is HEAD, whose answer has no
// body.
var withoutXML = []string{"not-a-request.json", "v2-head.json"}

// TestXMLAnswersSatisfyTheXMLSchema checks the XML answer to every event of the folder with the XML schema, whatever
// the event accepts.
func TestXMLAnswersSatisfyTheXMLSchema(t *testing.T) {
	schema := openapitest.LoadXMLSchema(t)
	for _, name := range jsonFiles(t, eventFiles) {
		if slices.Contains(withoutXML, name) {
			continue
		}
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			event := acceptingXML(t, readFile(t, filepath.Join(eventFiles, name)))
			r := startOnDemoData(t).invoke(t, event)
			if reason, refused := schema.Refuses(t, r.Body); refused {
				t.Errorf("the schema refuses the answer: %s\n%s", reason, r.Body)
			}
		})
	}
}

// acceptingXML changes an event so that its request accepts only XML.
func acceptingXML(t *testing.T, event []byte) []byte {
	t.Helper()
	var members map[string]any
	if err := json.Unmarshal(event, &members); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"headers", "multiValueHeaders"} {
		if headers, ok := members[name].(map[string]any); ok {
			for header := range headers {
				if strings.EqualFold(header, "Accept") {
					delete(headers, header)
				}
			}
		}
	}
	if headers, ok := members["headers"].(map[string]any); ok {
		headers["accept"] = "application/xml"
	}
	if headers, ok := members["multiValueHeaders"].(map[string]any); ok {
		headers["accept"] = []string{"application/xml"}
	}
	return []byte(jsonOf(members))
}
