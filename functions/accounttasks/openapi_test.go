package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// checkDocumented fails the test unless the OpenAPI document describes the answer to an event.
func checkDocumented(t *testing.T, event, answer []byte) {
	t.Helper()
	var r reply
	if err := json.Unmarshal(answer, &r); err != nil {
		t.Fatal(err)
	}
	openapitest.CheckAnswer(t, r.received(targetOf(t, event)))
	if r.StatusCode != http.StatusOK {
		checkCode(t, r)
	}
}

// TestDocumentedRefusals makes the service give every refusal in the document, in both formats. The examples must be
// the real answers.
func TestDocumentedRefusals(t *testing.T) {
	t.Parallel()
	document := openapitest.Root(t)
	for _, name := range documentedRefusals(t) {
		t.Run(name, func(t *testing.T) {
			o, known := occasions[name]
			if !known {
				t.Fatal("nothing here makes the service refuse a request with this code")
			}
			compareExample(t, document, name, target{}, o.answer)
		})
	}
}

// documentedRefusals returns the error codes for which the document shows an answer. There is one for each code.
func documentedRefusals(t *testing.T) []string {
	t.Helper()
	return openapitest.Root(t).At("components", "schemas", "ErrorCode", "enum").Texts()
}

// compareExample compares the answer in each format with the document's example and with its schema.
func compareExample(t *testing.T, document openapitest.Node, name string, to target, answer func(*testing.T, string) reply) {
	t.Helper()
	examples := document.At("components", "examples")
	r := answer(t, "application/json")
	openapitest.CheckAnswer(t, r.received(to))
	var got any
	if err := json.Unmarshal([]byte(r.Body), &got); err != nil {
		t.Fatal(err)
	}
	if want := examples.At(name+".json", "value").Value; !reflect.DeepEqual(got, want) {
		t.Errorf("the service answers\n%s\nthe document shows\n%s", r.Body, jsonOf(want))
	}
	r = answer(t, "application/xml")
	openapitest.CheckAnswer(t, r.received(to))
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

// target is the method and the path of a request; the zero value is that of an update.
type target struct{ method, path string }

// targetOf is the target of an event's request, if the document describes its operation.
func targetOf(t *testing.T, event []byte) target {
	t.Helper()
	var e struct {
		HTTPMethod, Path, RawPath string
		RequestContext            struct{ HTTP struct{ Method string } }
	}
	if json.Unmarshal(event, &e) != nil {
		return target{}
	}
	to := target{e.HTTPMethod + e.RequestContext.HTTP.Method, e.Path + e.RawPath}
	if !openapitest.Describes(t, to.method, to.path) {
		return target{}
	}
	return to
}

// received is the answer as its caller receives it.
func (r reply) received(to target) openapitest.Answer {
	header := http.Header{}
	for name, value := range r.Headers {
		header.Set(name, value)
	}
	for name, values := range r.MultiValueHeaders {
		header[http.CanonicalHeaderKey(name)] = values
	}
	return openapitest.Answer{Method: to.method, Path: to.path, Status: r.StatusCode, Header: header, Body: r.Body}
}

// TestFunctionDoesNotCarryTheReference checks that the function's binary does not contain the document, the reference
// page or the rest of the local stack.
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
		for _, kept := range []string{"accounttasks/internal/client/clienttest", "accounttasks/internal/openapi", "accounttasks/internal/local", "github.com/swaggest/", "github.com/pb33f/"} {
			if strings.HasPrefix(name, kept) {
				t.Errorf("the function carries %s", name)
			}
		}
	}
}
