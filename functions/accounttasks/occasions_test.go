package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/demo"
)

// occasion is a request whose answer the OpenAPI document shows. An empty field has the value of a valid update of the
// demo task.
type occasion struct {
	method, path, query, contentType, body string
	header                                 map[string]string
	// token replaces the demo client's token; "none" removes it.
	token string
	// earlier is the body of an earlier update of the task, with the same headers.
	earlier string
	// table, if set, answers updates in place of the embedded table.
	table http.HandlerFunc
}

// occasions has one request for every refusal that the document shows.
var occasions = map[string]occasion{
	"MalformedBody": {body: `{"Enabled":true,`},
	"InvalidRequest": {body: `{"Enabled":"maybe","TaskID":"7798c127","Frequency":"FORTNIGHTLY",` +
		`"Parameters":"{}","ContentType":"text/plain"}`},
	"UnknownTask":          {body: strings.Replace(goodUpdate, reportTaskID, "00000000-0000-4000-8000-000000000000", 1)},
	"Unauthorized":         {token: "none"},
	"Forbidden":            {token: demo.ReadToken},
	"TaskNotFound":         {path: "/api/v1/admin/tasks/account/0dd0acc0-0000-4000-8000-000000000001"},
	"RouteNotFound":        {path: "/api/v1/admin/users"},
	"MethodNotAllowed":     {method: http.MethodPost},
	"PreconditionFailed":   {header: map[string]string{"if-match": `"1-F5cCUFSbSIqcgHMYnkwLTw"`}},
	"PayloadTooLarge":      {body: strings.Repeat(" ", 2<<20) + goodUpdate},
	"UnsupportedMediaType": {contentType: "text/plain"},
	"IdempotencyKeyReused": {
		header:  map[string]string{"idempotency-key": "0f4e2c5e-6d53-4d6c-9a53-4f0f9d5f7a11"},
		earlier: strings.Replace(goodUpdate, "WEEKLY", "DAILY", 1),
	},
	"TooManyRequests": {table: refusing("ProvisionedThroughputExceededException")},
	"Unavailable": {
		header: map[string]string{"idempotency-key": "0f4e2c5e-6d53-4d6c-9a53-4f0f9d5f7a12"},
		table:  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
	},
	"InternalError": {table: refusing("AccessDeniedException")},
}

const goodUpdate = `{"TaskID":"` + reportTaskID + `","Frequency":"WEEKLY","Parameters":"{}","ContentType":"application/json"}`

// refusing is a table that refuses every update with this error of DynamoDB.
func refusing(exception string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, `{"__type":"com.amazonaws.dynamodb.v20120810#`+exception+`"}`)
	}
}

// documentedNow is the time of the answers in the document.
var documentedNow = time.Date(2026, time.June, 4, 3, 45, 3, 262_526_400, time.UTC)

// answer returns the service's answer, in the media type that the caller accepts.
func (o occasion) answer(t *testing.T, accept string) reply {
	t.Helper()
	f := startOnDemoData(t)
	now := func() time.Time { return documentedNow }
	table := dynamo.NewTable(f.client, testTable)
	updates := table
	if o.table != nil {
		updates = o.failingTable(t)
	}
	environment := inEnvironment(environment(""), io.Discard)
	environment.Now = now
	f.handler = app.NewAccountTasksOn(demoTokens{}, updates, table, environment)
	if o.earlier != "" {
		earlier := o
		earlier.body = o.earlier
		f.invoke(t, earlier.event(t, accept))
	}
	return f.invoke(t, o.event(t, accept))
}

func (o occasion) failingTable(t *testing.T) *dynamo.Table {
	t.Helper()
	server := httptest.NewServer(o.table)
	t.Cleanup(server.Close)
	env := map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
		"AWS_ENDPOINT_URL_DYNAMODB": server.URL,
	}
	client, err := dynamo.NewClient(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	return dynamo.NewTable(client, testTable)
}

// event is the occasion's request as an HTTP API passes it on.
func (o occasion) event(t *testing.T, accept string) []byte {
	t.Helper()
	event := events.APIGatewayV2HTTPRequest{Version: "2.0", RouteKey: "$default", Body: orElse(o.body, goodUpdate)}
	event.RawPath = orElse(o.path, "/api/v1/admin/tasks/account/"+demoTask)
	event.RawQueryString = o.query
	event.Headers = map[string]string{"accept": accept, "content-type": orElse(o.contentType, "application/json")}
	if o.token != "none" {
		event.Headers["authorization"] = "Bearer " + orElse(o.token, demo.AccessToken)
	}
	for name, value := range o.header {
		event.Headers[name] = value
	}
	event.RequestContext.Stage = "$default"
	event.RequestContext.HTTP.Method = orElse(o.method, http.MethodPut)
	payload, err := json.Marshal(event)
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

func orElse(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}
