package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// TestEventsAreAnsweredAsDocumented holds the answer to every event of the folder against the OpenAPI
// document. TestEvents makes sure that the golden answers are these answers.
func TestEventsAreAnsweredAsDocumented(t *testing.T) {
	for _, name := range jsonFiles(t, eventFiles) {
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			r := startOnDemoData(t).invoke(t, readFile(t, filepath.Join(eventFiles, name)))
			openapitest.CheckAnswer(t, r.received())
			if r.StatusCode != http.StatusOK {
				checkCode(t, r)
			}
		})
	}
}

// TestDocumentedRefusals makes the service give every refusal that the document shows, in both formats: the
// examples are what it really says.
func TestDocumentedRefusals(t *testing.T) {
	document := openapitest.Root(t)
	for _, name := range documentedRefusals(t) {
		t.Run(name, func(t *testing.T) {
			o, known := occasions[name]
			if !known {
				t.Fatal("nothing here makes the service refuse a request with this code")
			}
			compareExample(t, document, name, o.answer)
		})
	}
}

// documentedRefusals are the error codes of which the document shows an answer. There is one for each code.
func documentedRefusals(t *testing.T) []string {
	t.Helper()
	return openapitest.Root(t).At("components", "schemas", "ErrorCode", "enum").Texts()
}

// TestDocumentedUpdates sends every request that the document shows, in every media type, and compares the
// answer with the one that it shows.
func TestDocumentedUpdates(t *testing.T) {
	document := openapitest.Root(t)
	operation := document.At("paths", "/api/v1/admin/tasks/account/{id}", "put")
	answers := map[string]string{"Update": "Updated", "RequiredFieldsOnly": "UpdatedRequiredFieldsOnly"}
	for mediaType, content := range operation.At("requestBody", "content").Members() {
		for name, example := range content.At("examples").Members() {
			t.Run(mediaType+" "+name, func(t *testing.T) {
				o := occasion{contentType: mediaType, body: written(t, mediaType, example.At("value"))}
				compareExample(t, document, answers[name], o.answer)
			})
		}
	}
}

// written is an example as a body of the media type.
func written(t *testing.T, mediaType string, example openapitest.Node) string {
	t.Helper()
	if strings.HasSuffix(mediaType, "xml") {
		return example.Text()
	}
	if strings.HasSuffix(mediaType, "json") {
		return jsonOf(example.Value)
	}
	form := url.Values{}
	for name, value := range example.Members() {
		form.Set(name, fmt.Sprint(value.Value))
	}
	return form.Encode()
}

// compareExample compares the answer in each format with the document's example of it, and with what the
// document says of answers.
func compareExample(t *testing.T, document openapitest.Node, name string, answer func(*testing.T, string) reply) {
	t.Helper()
	examples := document.At("components", "examples")
	r := answer(t, "application/json")
	openapitest.CheckAnswer(t, r.received())
	var got any
	if err := json.Unmarshal([]byte(r.Body), &got); err != nil {
		t.Fatal(err)
	}
	if want := examples.At(name+".json", "value").Value; !reflect.DeepEqual(got, want) {
		t.Errorf("the service answers\n%s\nthe document shows\n%s", r.Body, jsonOf(want))
	}
	r = answer(t, "application/xml")
	openapitest.CheckAnswer(t, r.received())
	if want := unindented(examples.At(name+".xml", "value").Text()); r.Body != want {
		t.Errorf("the service answers\n%s\nthe document shows\n%s", r.Body, want)
	}
	if r.StatusCode != http.StatusOK {
		checkCode(t, r)
	}
}

var indentation = regexp.MustCompile(`>\s+<`)

func unindented(document string) string { return indentation.ReplaceAllString(document, "><") }

// checkCode fails the test unless the document shows, at the answer's status, a refusal with its code.
func checkCode(t *testing.T, r reply) {
	t.Helper()
	responses := openapitest.Root(t).At("paths", "/api/v1/admin/tasks/account/{id}", "put", "responses")
	shown := responses.At(fmt.Sprint(r.StatusCode), "content", "application/json", "examples").Names()
	code := regexp.MustCompile(`ErrorCode(?:":"|>)(\w+)`).FindStringSubmatch(r.Body)
	if code == nil || !slices.Contains(shown, code[1]) {
		t.Errorf("the document shows %q at status %d, got %s", shown, r.StatusCode, r.Body)
	}
}

// received is the answer as its caller receives it.
func (r reply) received() openapitest.Answer {
	header := http.Header{}
	for name, value := range r.Headers {
		header.Set(name, value)
	}
	for name, values := range r.MultiValueHeaders {
		header[http.CanonicalHeaderKey(name)] = values
	}
	return openapitest.Answer{Status: r.StatusCode, Header: header, Body: r.Body}
}

// TestFunctionDoesNotCarryTheReference keeps the document, the reference page and the rest of the local stack
// out of the function's binary.
func TestFunctionDoesNotCarryTheReference(t *testing.T) {
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", ".")
	listed, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := strings.Fields(string(listed))
	if !slices.Contains(packages, "accounttasks/internal/wire") {
		t.Fatalf("the function's packages are not among %q", packages)
	}
	for _, name := range packages {
		for _, kept := range []string{"accounttasks/internal/openapi", "accounttasks/internal/local", "github.com/swaggest/", "github.com/pb33f/"} {
			if strings.HasPrefix(name, kept) {
				t.Errorf("the function carries %s", name)
			}
		}
	}
}
