package main

import (
	"net/http"
	"slices"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

const (
	registerPath = "/api/v2/admin/tasks/account"
	tasksPath    = "/api/v1/admin/tasks/account"
)

// documentedKey is the key in the document.
const documentedKey = "0f4e2c5e-6d53-4d6c-9a53-4f0f9d5f7a11"

// TestDocumentedRequests sends every request body of the document, in every media type, and compares the answer with
// the document's.
func TestDocumentedRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		request occasion
		answers map[string]string // the names of the document's answers by the names of its bodies
	}{
		{
			occasion{method: http.MethodPut, path: tasksPath + "/" + demoTask},
			map[string]string{"Update": "Updated", "RequiredFieldsOnly": "UpdatedRequiredFieldsOnly"},
		},
		{
			occasion{method: http.MethodPost, path: registerPath, header: map[string]string{"idempotency-key": documentedKey}},
			map[string]string{"Register": "Registered"},
		},
	} {
		operation := openapitest.FindOperation(t, c.request.method, c.request.path)
		for mediaType, content := range operation.At("requestBody", "content").Members() {
			for name, example := range content.At("examples").Members() {
				t.Run(mediaType+" "+name, func(t *testing.T) {
					request := c.request
					request.contentType, request.body = mediaType, openapitest.Written(t, mediaType, example.At("value"))
					compareSuccess(t, c.answers[name], request)
				})
			}
		}
	}
}

// TestDocumentedAnswers sends requests without a body, and compares the answers with those in the document.
func TestDocumentedAnswers(t *testing.T) {
	t.Parallel()
	for name, request := range map[string]occasion{
		"Read":      {method: http.MethodGet, path: tasksPath + "/" + demoTask},
		"Deleted":   {method: http.MethodDelete, path: tasksPath + "/7798c127-7f74-40c6-9bd4-caf4be84ca89"},
		"Tasks":     {method: http.MethodGet, path: tasksPath, query: "count=2"},
		"Catalogue": {method: http.MethodGet, path: "/api/v1/admin/tasks"},
	} {
		t.Run(name, func(t *testing.T) {
			compareSuccess(t, name, request)
		})
	}
}

// compareSuccess compares the answer to a request with the document's example, which the document must show with the
// operation.
func compareSuccess(t *testing.T, name string, request occasion) {
	t.Helper()
	operation := openapitest.FindOperation(t, request.method, request.path)
	for mediaType, content := range operation.At("responses", "200", "content").Members() {
		if shown := content.At("examples").Names(); !slices.Contains(shown, name) {
			t.Errorf("the document shows the answers %q in %s, and not %s", shown, mediaType, name)
		}
	}
	compareExample(t, openapitest.Root(t), name, target{request.method, request.path}, request.answer)
}
