package openapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/task"
)

// TestOperationsAreTheServices sends a request to every documented operation: without a token it is a 401, and with a
// token that grants nothing a 403 that names the documented scope. So each of them is served, and asks for that scope.
func TestOperationsAreTheServices(t *testing.T) {
	tasks := api.New(clienttest.Named{}, nil, time.Now, silent()).WithRuns(nil)
	clients := api.NewToken(clienttest.Named{}, nil, nil, time.Now, silent())
	nothing := clienttest.Token(task.NewCaller("account", "user", "client"))
	for path, item := range openapitest.Root(t).At("paths").Members() {
		for method, operation := range item.Members() {
			if path == tokenPath {
				continue
			}
			t.Run(method+" "+path, func(t *testing.T) {
				service := tasks
				if path == "/api/v1/admin/clients" {
					service = clients
				}
				scope := openapitest.Scopes(operation)[0]
				check(t, service, method, path, "", http.StatusUnauthorized, "Bearer")
				check(t, service, method, path, "Bearer unknown", http.StatusUnauthorized, `error="invalid_token"`)
				check(t, service, method, path, "Bearer "+nothing, http.StatusForbidden, `error="insufficient_scope", scope="`+scope+`"`)
			})
		}
	}
}

// check sends a request with this Authorization, and looks at the answer's status and its challenge.
func check(t *testing.T, service http.Handler, method, path, authorization string, status int, challenge string) {
	t.Helper()
	r := httptest.NewRequest(strings.ToUpper(method), strings.ReplaceAll(path, "{id}", "a23b4ff9-5d7e-4603-b937-6e1f724316b9"), nil)
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	service.ServeHTTP(w, r)
	if got := w.Header().Get("WWW-Authenticate"); w.Code != status || !strings.Contains(got, challenge) {
		t.Errorf("got %d and the challenge %q, want %d and %q", w.Code, got, status, challenge)
	}
	openapitest.CheckAnswer(t, openapitest.Answer{
		Method: r.Method, Path: r.URL.Path, Status: w.Code, Header: w.Header(), Body: w.Body.String(),
	})
}

// added is a registry that adds the client that the document shows.
type added struct{ id string }

func (a added) Add(_ context.Context, _ task.Caller, r client.AddRequest) (client.Added, error) {
	return client.Added{Client: client.Client{ID: a.id, Name: r.Name}}, nil
}

// TestAddedClientIsDocumented sends the client that the document shows, in every media type, and compares the answer
// with the one that it shows.
func TestAddedClientIsDocumented(t *testing.T) {
	const path = "/api/v1/admin/clients"
	example := openapitest.Root(t).At("components", "examples", "ClientAdded.json", "value")
	id := example.At("ResponseData", "Detail", "ID").Text()
	service := api.NewToken(clienttest.Only{Caller: task.NewCaller("account", "demo.user", "demo", task.ScopeWriteClients)}, nil,
		added{id}, time.Now, silent())
	for mediaType, content := range openapitest.FindOperation(t, http.MethodPost, path).At("requestBody", "content").Members() {
		t.Run(mediaType, func(t *testing.T) {
			body := openapitest.Written(t, mediaType, content.At("examples", "AddClient", "value"))
			r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
			r.Header.Set("Authorization", "Bearer token")
			r.Header.Set("Content-Type", mediaType)
			r.Header.Set("Accept", "application/json")
			w := httptest.NewRecorder()
			service.ServeHTTP(w, r)
			openapitest.CheckAnswer(t, openapitest.Answer{
				Method: r.Method, Path: path, Status: w.Code, Header: w.Header(), Body: w.Body.String(),
			})
			compareJSON(t, w.Body.Bytes(), example.Value)
		})
	}
}
