package openapitest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// Answer is an answer as a caller receives it.
type Answer struct {
	// Method and Path are those of the request. Where they are empty, the request is an update: what the document says
	// of its refusals it says of a request that comes to no route.
	Method, Path string
	Status       int
	Header       http.Header
	Body         string
}

// CheckAnswer fails the test unless the document describes the answer: its status, its media type, its headers and, if
// it is JSON, its body. An XML body is the XML schema's to judge. Beyond the document's schemas, an envelope must agree
// with the status, and GUIDs and dates must have the one spelling that the document promises.
func CheckAnswer(t testing.TB, a Answer) {
	t.Helper()
	if a.Path == "" {
		a.Method, a.Path = http.MethodPut, "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	}
	template, found := findPath(t, a.Method, a.Path)
	if !found {
		t.Fatalf("the document has no operation %s %s", a.Method, a.Path)
	}
	request, err := http.NewRequest(a.Method, strings.ReplaceAll(template, "{id}", "a23b4ff9-5d7e-4603-b937-6e1f724316b9"), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, problems := reader(t).ValidateHttpResponse(request, &http.Response{
		StatusCode: a.Status,
		Header:     a.documentedHeader(),
		Body:       io.NopCloser(bytes.NewBufferString(a.Body)),
	})
	report(t, fmt.Sprintf("the answer %d %s", a.Status, a.Body), problems)
	a.checkHeaders(t)
	if strings.HasPrefix(a.Header.Get("Content-Type"), "application/json") {
		checkBody(t, a.Status, a.Body)
	}
}

// documentedHeader is the answer's header with the media types text/json and text/xml in the spelling that the
// document lists: its text says that they mean the same.
func (a Answer) documentedHeader() http.Header {
	header := a.Header.Clone()
	if subtype, isText := strings.CutPrefix(header.Get("Content-Type"), "text/"); isText {
		header.Set("Content-Type", "application/"+subtype)
	}
	return header
}

// checkHeaders fails the test on a header that the document does not list, and on a missing one that such an answer
// always has. Content-Type is not a header there.
func (a Answer) checkHeaders(t testing.TB) {
	t.Helper()
	response := FindOperation(t, a.Method, a.Path).At("responses", strconv.Itoa(a.Status))
	listed := http.Header{"Content-Type": nil}
	if described, ok := response.Members()["headers"]; ok {
		for _, name := range described.Names() {
			listed.Set(name, "")
		}
	}
	for name := range a.Header {
		if _, ok := listed[name]; !ok {
			t.Errorf("the answer %d has the header %s, which the document does not list", a.Status, name)
		}
	}
	if a.Status == http.StatusMethodNotAllowed && a.Header.Get("Allow") == "" {
		t.Error("the answer 405 has no header Allow")
	}
	if a.Status == http.StatusPreconditionFailed && a.Header.Get("ETag") == "" {
		t.Error("the answer 412 has no header ETag")
	}
}
