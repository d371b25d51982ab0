package openapi_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/openapi/openapitest"
)

// TestGatewaysOwnAnswers has the gateway refuse what it refuses by itself, and compares each answer with the
// document's example of it. Only its 429 is not seen here: nothing throttles the local gateway.
func TestGatewaysOwnAnswers(t *testing.T) {
	for status, c := range map[int]struct {
		body    string
		header  int
		failure error
	}{
		http.StatusRequestEntityTooLarge:       {body: strings.Repeat(" ", 10<<20+1)},
		http.StatusRequestHeaderFieldsTooLarge: {header: 10 << 10},
		http.StatusInternalServerError:         {failure: errors.New("the function crashed")},
		http.StatusServiceUnavailable:          {failure: context.DeadlineExceeded},
	} {
		t.Run(strconv.Itoa(status), func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPut, "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9", strings.NewReader(c.body))
			r.Header.Set("Idempotency-Key", strings.Repeat("k", c.header))
			w := httptest.NewRecorder()
			gateway(t, c.failure).ServeHTTP(w, r)
			if w.Code != status {
				t.Fatalf("got status %d, want %d", w.Code, status)
			}
			openapitest.CheckAnswer(t, openapitest.Answer{Status: w.Code, Header: w.Header(), Body: w.Body.String()})
			compareMessage(t, w)
		})
	}
}

func compareMessage(t *testing.T, w *httptest.ResponseRecorder) {
	t.Helper()
	var got map[string]string
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	put := openapitest.Root(t).At("paths", "/api/v1/admin/tasks/account/{id}", "put")
	examples := put.At("responses", strconv.Itoa(w.Code), "content", "application/json", "examples")
	if want := examples.At("Gateway", "value", "message").Text(); got["message"] != want {
		t.Errorf("the gateway says %q, the document shows %q", got["message"], want)
	}
}

// failing is a function that never answers.
type failing struct{ err error }

func (f failing) Invoke(context.Context, string, string, []byte) ([]byte, error) { return nil, f.err }

// gateway is a gateway in front of a function that fails.
func gateway(t *testing.T, failure error) *apigateway.Gateway {
	t.Helper()
	api, err := apigateway.New(apigateway.Config{
		Routes:  []apigateway.Route{{Method: http.MethodPut, Path: "/api/v1/admin/tasks/account/{id}"}},
		Invoker: failing{failure},
	})
	if err != nil {
		t.Fatal(err)
	}
	return api
}
