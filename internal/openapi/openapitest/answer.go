package openapitest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/errors"

	"accounttasks/internal/openapi"
)

// Answer is an answer to an update as a caller receives it.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// documented is an update whose answers the document describes. What is said of it says the document of
// every answer of the service: a request that comes to no route is described with the route that there is.
const documented = "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9"

// CheckDocument fails the test unless the document is valid OpenAPI.
func CheckDocument(t testing.TB) {
	t.Helper()
	_, problems := reader(t).ValidateDocument()
	report(t, "the document", problems)
}

// CheckAnswer fails the test unless the document describes the answer: its status, its media type, its
// headers and, if it is JSON, its body. An XML body is the XML schema's to judge.
func CheckAnswer(t testing.TB, a Answer) {
	t.Helper()
	request, err := http.NewRequest(http.MethodPut, documented, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, problems := reader(t).ValidateHttpResponse(request, &http.Response{
		StatusCode: a.Status,
		Header:     a.Header,
		Body:       io.NopCloser(bytes.NewBufferString(a.Body)),
	})
	report(t, fmt.Sprintf("the answer %d %s", a.Status, a.Body), problems)
	a.checkHeaders(t)
}

// checkHeaders fails the test on a header that the document does not list. Content-Type is no header there.
func (a Answer) checkHeaders(t testing.TB) {
	t.Helper()
	put := Root(t).At("paths", "/api/v1/admin/tasks/account/{id}", "put")
	listed := http.Header{"Content-Type": nil}
	for _, name := range put.At("responses", strconv.Itoa(a.Status), "headers").Names() {
		listed.Set(name, "")
	}
	for name := range a.Header {
		if _, ok := listed[name]; !ok {
			t.Errorf("the answer %d has the header %s, which the document does not list", a.Status, name)
		}
	}
}

// reader reads the document once for all tests of a package.
func reader(t testing.TB) validator.Validator {
	t.Helper()
	v, err := read()
	if err != nil {
		t.Fatalf("the document cannot be read: %v", err)
	}
	return v
}

var read = sync.OnceValues(func() (validator.Validator, error) {
	document, err := libopenapi.NewDocument(openapi.Document)
	if err != nil {
		return nil, err
	}
	v, problems := validator.NewValidator(document, config.WithFormatAssertions())
	if len(problems) > 0 {
		return nil, problems[0]
	}
	return v, nil
})

func report(t testing.TB, what string, problems []*errors.ValidationError) {
	t.Helper()
	for _, problem := range problems {
		details := []string{problem.Message, problem.Reason}
		for _, violation := range problem.SchemaValidationErrors {
			details = append(details, violation.FieldPath+" "+violation.Reason)
		}
		t.Errorf("%s: %s", what, strings.Join(details, ": "))
	}
}
