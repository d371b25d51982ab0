package app_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/app"
	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/table"
)

// tokenStage is the function with an embedded table that has a client.
type tokenStage struct {
	function *app.Token
	clients  *dynamo.Clients
	secret   string
	log      bytes.Buffer
	requests int  // to the table
	broken   bool // the table answers no request
}

func newTokenStage(t *testing.T) *tokenStage {
	t.Helper()
	s := &tokenStage{}
	engine := table.NewEngine()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.requests++; s.broken {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		engine.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	db := dynamotest.NewClient(t, server.URL)
	dynamotest.CreateTable(t, db, "tasks")
	s.clients = dynamo.NewTable(db, "tasks").Clients()
	_, secret, err := client.NewRegistry(s.clients, time.Now).Register(t.Context(), client.Client{
		ID: "demo", AccountID: "account", UserID: "demo.user", Name: "Demo", Scopes: client.Scopes(),
	})
	if err != nil {
		t.Fatal(err)
	}
	s.secret = secret
	environment := map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
		"AWS_ENDPOINT_URL_DYNAMODB": server.URL, "TABLE_NAME": "tasks",
	}
	s.function, err = app.NewToken(app.Environment{
		Getenv: func(name string) string { return environment[name] }, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(&s.log, nil)), Metrics: io.Discard,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.requests = 0
	return s
}

// ask sends a form as an HTTP API does, with or without a Content-Type.
func (s *tokenStage) ask(t *testing.T, form string, headers map[string]string) (status int, document map[string]any) {
	t.Helper()
	event, _ := json.Marshal(map[string]any{
		"version": "2.0", "routeKey": "POST /{name}", "rawPath": "/Token", "pathParameters": map[string]string{"name": "Token"},
		"headers": headers, "body": base64.StdEncoding.EncodeToString([]byte(form)), "isBase64Encoded": true,
		"requestContext": map[string]any{"http": map[string]string{"method": "POST"}},
	})
	payload, err := s.function.Invoke(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	var answer struct {
		StatusCode int
		Body       string
	}
	if err := json.Unmarshal(payload, &answer); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(answer.Body), &document); err != nil {
		t.Fatalf("got %s: %v", answer.Body, err)
	}
	return answer.StatusCode, document
}

func TestATokenOfTheFunctionIsGood(t *testing.T) {
	s := newTokenStage(t)
	form := "grant_type=client_credentials&client_id=demo&client_secret=" + s.secret
	status, document := s.ask(t, form, nil)
	if status != 200 || s.requests != 2 {
		t.Fatalf("got %d and %v after %d requests to the table, want 200 after 2", status, document["error"], s.requests)
	}
	caller, err := client.NewAuthenticator(s.clients, time.Now).Authenticate(t.Context(), document["access_token"].(string))
	if err != nil || caller.AccountID() != "account" {
		t.Errorf("got %+v and %v", caller, err)
	}
	basic := map[string]string{"authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte("demo:"+s.secret))}
	status, again := s.ask(t, "grant_type=refresh_token&refresh_token="+document["refresh_token"].(string), basic)
	if status != 200 || again["access_token"] == document["access_token"] {
		t.Errorf("refresh: got %d and %v", status, again["error"])
	}
	for _, secret := range []string{s.secret, document["access_token"].(string), document["refresh_token"].(string)} {
		if strings.Contains(s.log.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}

func TestATableThatDoesNotAnswerIssuesNoToken(t *testing.T) {
	s := newTokenStage(t)
	s.broken = true
	s.function.WarmUp()
	status, document := s.ask(t, "grant_type=client_credentials&client_id=demo&client_secret="+s.secret, nil)
	if status != 503 || document["error"] != "temporarily_unavailable" {
		t.Errorf("got %d and %v, want 503", status, document)
	}
}

func TestTheTokensFunctionNamesWhatItMisses(t *testing.T) {
	_, err := app.NewToken(app.Environment{Getenv: func(string) string { return "" }})
	for _, name := range []string{"AWS_REGION", "TABLE_NAME"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want %s in it", err, name)
		}
	}
}
