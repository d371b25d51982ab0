package apigateway_test

import (
	"encoding/json"
	"maps"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/local/apigateway"
)

// taken returns the route and the path parameters that the function gets.
func taken(t *testing.T, method, target string, routes ...apigateway.Route) (key string, parameters map[string]string) {
	t.Helper()
	f := &function{answer: `{"statusCode":200}`}
	serve(gateway(t, f, routes...), httptest.NewRequest(method, target, nil))
	if len(f.events) == 0 {
		return "", nil
	}
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(f.events[0], &event); err != nil {
		t.Fatal(err)
	}
	if event.RouteKey != event.RequestContext.RouteKey {
		t.Errorf("the event names the routes %q and %q", event.RouteKey, event.RequestContext.RouteKey)
	}
	return event.RouteKey, event.PathParameters
}

func routes(keys ...string) []apigateway.Route {
	var list []apigateway.Route
	for _, key := range keys {
		method, path, found := strings.Cut(key, " ")
		if !found {
			method, path = "", key
		}
		list = append(list, apigateway.Route{Method: method, Path: path})
	}
	return list
}

func TestTheMostSpecificRouteIsTaken(t *testing.T) {
	all := routes("ANY /{proxy+}", "GET /tasks/{id}", "GET /tasks/latest", "ANY /tasks/{id}", "PUT /{kind}/{id}", "$default")
	tests := []struct {
		method, target, want string
		parameters           map[string]string
	}{
		{"GET", "/tasks/latest", "GET /tasks/latest", nil},
		{"GET", "/tasks/1", "GET /tasks/{id}", map[string]string{"id": "1"}},
		{"PUT", "/tasks/1", "ANY /tasks/{id}", map[string]string{"id": "1"}},
		{"PUT", "/notes/1", "PUT /{kind}/{id}", map[string]string{"kind": "notes", "id": "1"}},
		{"GET", "/notes/1", "ANY /{proxy+}", map[string]string{"proxy": "notes/1"}},
		{"GET", "/tasks/1/runs", "ANY /{proxy+}", map[string]string{"proxy": "tasks/1/runs"}},
		{"GET", "/Tasks/latest", "ANY /{proxy+}", map[string]string{"proxy": "Tasks/latest"}},
		{"GET", "/", "$default", nil},
	}
	for _, test := range tests {
		t.Run(test.method+" "+test.target, func(t *testing.T) {
			got, parameters := taken(t, test.method, test.target, all...)
			if got != test.want || !maps.Equal(parameters, test.parameters) {
				t.Errorf("got %q %v, want %q %v", got, parameters, test.want, test.parameters)
			}
		})
	}
}

func TestPathsAreComparedAsTheyAre(t *testing.T) {
	tests := []struct {
		name, method, target, want string
		parameters                 map[string]string
	}{
		{"the case differs", "PUT", "/Tasks/1", "", nil},
		{"the method differs", "POST", "/tasks/1", "", nil},
		{"a slash at the end", "PUT", "/tasks/1/", "", nil},
		{"a doubled slash", "PUT", "/tasks//1", "", nil},
		{"an empty variable", "PUT", "/tasks/", "", nil},
		{"too long", "PUT", "/tasks/1/2", "", nil},
		{"too short", "PUT", "/tasks", "", nil},
		{"an encoded variable", "PUT", "/tasks/a%20b%2Fc", "PUT /tasks/{id}", map[string]string{"id": "a b/c"}},
		{"an encoded letter of the path", "PUT", "/%74asks/1", "PUT /tasks/{id}", map[string]string{"id": "1"}},
		{"a question mark in the variable", "PUT", "/tasks/a%3Fb=c", "PUT /tasks/{id}", map[string]string{"id": "a?b=c"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, parameters := taken(t, test.method, test.target, routes("PUT /tasks/{id}")...)
			if got != test.want || !maps.Equal(parameters, test.parameters) {
				t.Errorf("got %q %v, want %q %v", got, parameters, test.want, test.parameters)
			}
		})
	}
}

func TestRoutesThatCannotBeAreRefused(t *testing.T) {
	for _, keys := range [][]string{
		{"GET tasks"}, {"GET /{proxy+}/x"}, {"GET /a{id}"}, {"GET /{}"}, {"GET /{a}{b}"}, {"GET /{a"},
		{"GET /a", "GET /a"}, {"$default", "$default"},
	} {
		if _, err := apigateway.New(apigateway.Config{Routes: routes(keys...)}); err == nil {
			t.Errorf("%q was accepted", keys)
		}
	}
}
