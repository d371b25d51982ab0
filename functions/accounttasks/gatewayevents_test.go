package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/samtemplate"
)

// handMade lists the events of version 2.0 that the local gateway does not make, with the reason.
var handMade = map[string]string{
	"v2-base-path.json":                 "a custom domain adds it",
	"v2-form.json":                      "sam local start-api sends a form as text",
	"v2-json-base64.json":               "the gateway sends JSON as text",
	"v2-malformed-base64.json":          "the gateway encodes correctly",
	"v2-named-stage-default-route.json": "the local stage is $default",
	"v2-named-stage.json":               "the local stage is $default",
	"v2-xml-base64.json":                "the gateway sends XML as text",
}

// TestEventsAreThoseOfTheLocalGateway sends the request of every event of version 2.0 through the local gateway, and
// compares the events with those that make run sends.
func TestEventsAreThoseOfTheLocalGateway(t *testing.T) {
	t.Parallel()
	for _, name := range jsonFiles(t, eventFiles) {
		if !strings.HasPrefix(name, "v2-") {
			continue
		}
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			var event events.APIGatewayV2HTTPRequest
			if err := json.Unmarshal(readFile(t, filepath.Join(eventFiles, name)), &event); err != nil {
				t.Fatal(err)
			}
			want := timeless(throughGateway(t, requestOf(event)))
			got := timeless(event)
			reason, differs := handMade[name], !reflect.DeepEqual(got, want)
			switch {
			case differs && reason == "":
				t.Errorf("the event is not the gateway's:\n got %+v\nwant %+v", got, want)
			case !differs && reason != "":
				t.Errorf("the event is the gateway's, though said to be hand-made because %s", reason)
			}
		})
	}
}

// requestOf returns the HTTP request that led to an event.
func requestOf(event events.APIGatewayV2HTTPRequest) *http.Request {
	body := event.Body
	if event.IsBase64Encoded {
		// A body that is not base64 counts as empty.
		decoded, _ := base64.StdEncoding.DecodeString(body)
		body = string(decoded)
	}
	r := httptest.NewRequest(event.RequestContext.HTTP.Method, event.RawPath, strings.NewReader(body))
	r.URL.RawQuery = event.RawQueryString
	for name, value := range event.Headers {
		r.Header.Set(name, value)
	}
	r.Header.Del("Host")
	r.Host = event.Headers["host"]
	r.RemoteAddr = event.RequestContext.HTTP.SourceIP + ":40000"
	return r
}

// recorder is an apigateway.Invoker that keeps the event.
type recorder struct{ event []byte }

func (r *recorder) Invoke(_ context.Context, _, _ string, event []byte) ([]byte, error) {
	r.event = event
	return []byte(`{"statusCode":200}`), nil
}

// throughGateway returns the event that the local gateway makes from a request, with the routes of the template.
func throughGateway(t *testing.T, r *http.Request) events.APIGatewayV2HTTPRequest {
	t.Helper()
	template, err := samtemplate.ReadFile("../../template.yaml", samtemplate.Substitutes{
		TableName: "tasks", Region: "eu-west-1", AccountID: "123456789012",
	})
	if err != nil {
		t.Fatal(err)
	}
	var function recorder
	gateway, err := apigateway.New(apigateway.Config{Routes: template.Routes, Invoker: &function})
	if err != nil {
		t.Fatal(err)
	}
	gateway.ServeHTTP(httptest.NewRecorder(), r)
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(function.event, &event); err != nil {
		t.Fatal(err)
	}
	return event
}

// timeless returns an event without the values that depend on place and time.
func timeless(event events.APIGatewayV2HTTPRequest) events.APIGatewayV2HTTPRequest {
	event.RequestContext = events.APIGatewayV2HTTPRequestContext{
		RouteKey: event.RequestContext.RouteKey,
		Stage:    event.RequestContext.Stage,
		HTTP:     event.RequestContext.HTTP,
	}
	maps.DeleteFunc(event.Headers, func(name, _ string) bool { return strings.HasPrefix(name, "x-") })
	return event
}
