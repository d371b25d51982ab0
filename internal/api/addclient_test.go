package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// registry is an api.Clients with given answers, which keeps its requests. Like the domain, it refuses a request with
// problems.
type registry struct {
	replayed bool
	err      error
	asked    []client.AddRequest
	caller   task.Caller
}

func (g *registry) Add(_ context.Context, caller task.Caller, r client.AddRequest) (client.Added, error) {
	g.asked, g.caller = append(g.asked, r), caller
	if err := r.Problems.Err(); err != nil {
		return client.Added{}, err
	}
	return client.Added{Client: client.Client{ID: "an-id", Name: r.Name}, Replayed: g.replayed}, g.err
}

const (
	clientsPath = "/api/v1/admin/clients"
	clientUser  = "b8a82cbc-8926-4224-9def-9a9e2ad12ba2"
	clientBody  = `{"Name":"Nightly export","Secret":"a-secret-of-twelve","UserID":"` + clientUser + `"}`
)

var clientAdder = task.NewCaller("demo-account", "demo.user", "demo", task.ScopeRead, task.ScopeWriteClients)

// clientRequest is a valid request to add a client, changed by the functions.
func clientRequest(changes ...func(*http.Request)) *http.Request {
	return requestTo(http.MethodPost, clientsPath, clientBody, append([]func(*http.Request){from(clientAdder)}, changes...)...)
}

func TestAnAddedClientIsShownWithItsSecret(t *testing.T) {
	form := "Name=Nightly+export&Secret=a-secret-of-twelve&UserID=" + clientUser
	xml := "<ClientRequest><Name>Nightly export</Name><Secret>a-secret-of-twelve</Secret><UserID>" + clientUser + "</UserID></ClientRequest>"
	asJSON := `{"Error":null,"ResponseData":{"Identification":{"UserId":"demo.user"},"Result":"Success","Detail":` +
		`{"ID":"an-id","Name":"Nightly export","Secret":"a-secret-of-twelve","UserID":"` + clientUser + `"}}}`
	for name, test := range map[string]struct{ body, contentType, want string }{
		"JSON": {clientBody, "application/json", asJSON},
		"form": {form, "application/x-www-form-urlencoded", asJSON},
		"XML": {xml, "application/xml", "<Detail><ID>an-id</ID><Name>Nightly export</Name><Secret>a-secret-of-twelve</Secret><UserID>" +
			clientUser + "</UserID></Detail></ResponseData></ResponseOfClientResponse>"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &tokenService{}
			r := requestTo(http.MethodPost, clientsPath, test.body, from(clientAdder), header("Content-Type", test.contentType), header("Idempotency-Key", "k"))
			w := s.send(r)
			if w.Code != 200 || !strings.HasSuffix(w.Body.String(), test.want) {
				t.Errorf("got  %d %s\nwant %s", w.Code, w.Body, test.want)
			}
			got := s.clients.asked[0]
			if got.Name != "Nightly export" || got.Secret != "a-secret-of-twelve" || got.UserID != uuid.MustParse(clientUser) || got.IdempotencyKey != "k" {
				t.Errorf("got %+v", got)
			}
			if s.clients.caller.AccountID() != "demo-account" {
				t.Errorf("got the caller %+v", s.clients.caller)
			}
		})
	}
}

func TestWhoMayNotAddClientsAndWhatIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		request *http.Request
		status  int
		want    string
	}{
		"nobody":           {clientRequest(from()), 401, `"Unauthorized"`},
		"another scope":    {clientRequest(from(caller)), 403, "clients/write"},
		"a bad key":        {clientRequest(header("Idempotency-Key", "a,b")), 400, "Idempotency-Key"},
		"a bad user":       {requestTo(http.MethodPost, clientsPath, `{"UserID":"x"}`, from(clientAdder)), 400, `UserID cannot be`},
		"no body":          {requestTo(http.MethodPost, clientsPath, "", from(clientAdder)), 400, "a ClientRequest"},
		"another type":     {clientRequest(header("Content-Type", "text/plain")), 415, "Content-Type"},
		"validateOnly":     {clientRequest(query("validateOnly=true")), 400, "validateOnly"},
		"another method":   {requestTo(http.MethodGet, clientsPath, "", from(clientAdder)), 405, "send POST"},
		"XML, another one": {clientRequest(from(caller), header("Accept", "application/xml")), 403, "<ResponseOfClientResponse"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &tokenService{}
			if w := s.send(test.request); w.Code != test.status || !strings.Contains(w.Body.String(), test.want) {
				t.Errorf("got %d %s, want %d and %q", w.Code, w.Body, test.status, test.want)
			}
		})
	}
}

func TestARepeatedAdditionSaysSo(t *testing.T) {
	s := &tokenService{clients: registry{replayed: true}}
	if w := s.send(clientRequest(header("Idempotency-Key", "k"))); w.Header().Get("Idempotency-Replayed") != "true" || !strings.Contains(w.Body.String(), "a-secret-of-twelve") {
		t.Errorf("got %v and %s", w.Header(), w.Body)
	}
}

func TestTheSecretOfAnAddedClientIsInNoRecord(t *testing.T) {
	for name, g := range map[string]registry{
		"success": {}, "failure": {err: &task.Error{Code: task.CodeUnavailable}}, "reuse": {err: &task.Error{Code: task.CodeIdempotencyKeyReused}},
	} {
		s := &tokenService{clients: g}
		s.send(clientRequest())
		s.send(requestTo(http.MethodPost, clientsPath, strings.Replace(clientBody, clientUser, "a-secret-of-twelve", 1), from(clientAdder)))
		if record := s.log.String() + s.metrics.String(); strings.Contains(record, "a-secret") || !strings.Contains(record, `"operation":"AddClient"`) {
			t.Errorf("%s: got the record %s", name, record)
		}
	}
}
