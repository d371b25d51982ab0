package api

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// table is a route table with the cases of the contract's operations: several methods for a path, and a literal segment
// where other patterns have a parameter.
var table = routes{
	{method: http.MethodGet, pattern: "/tasks/{id}", operation: "Read"},
	{method: http.MethodPut, pattern: "/tasks/{id}", operation: "Update"},
	{method: http.MethodPost, pattern: "/tasks/run", operation: "Run"},
	{method: http.MethodGet, pattern: "/tasks/{id}/runs", operation: "ListRuns"},
}

func TestRouteTable(t *testing.T) {
	for request, want := range map[string]string{
		"GET /tasks/a":       "Read",
		"HEAD /tasks/a":      "Read",
		"get /TASKS//a/":     "Read",
		"PUT /tasks/a":       "Update",
		"PUT /tasks/run":     "Update",
		"POST /tasks/run":    "Run",
		"GET /tasks/a/runs":  "ListRuns",
		"HEAD /tasks/a/runs": "ListRuns",
		"DELETE /tasks/a":    "Allow: GET, HEAD, PUT",
		"DELETE /tasks/run":  "Allow: GET, HEAD, PUT, POST",
		"POST /tasks/a/runs": "Allow: GET, HEAD",
		"GET /tasks":         "Allow: ",
		"GET /tasks/a/b":     "Allow: ",
	} {
		method, path, _ := strings.Cut(request, " ")
		c := &call{Request: httptest.NewRequest(http.MethodGet, path, nil)}
		c.Method = method
		found, allow := table.find(c)
		got := "Allow: " + strings.Join(allow, ", ")
		if found != nil {
			got = found.operation
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", request, got, want)
		}
	}
}

func TestRouteThatTheGatewayFound(t *testing.T) {
	for name, test := range map[string]struct{ pattern, id, want string }{
		"the pattern is in the table": {"/tasks/{id}", "a/b", "a/b"},
		"the parameter is empty":      {"/tasks/{id}", "", "no route"},
		"the pattern is not":          {"/{proxy+}", "x", "own"},
	} {
		c := &call{Request: httptest.NewRequest(http.MethodPut, "/tasks/own", nil)}
		c.Pattern = test.pattern
		c.SetPathValue("id", test.id)
		got := "no route"
		if found, _ := table.find(c); found != nil {
			got = c.PathValue("id")
		}
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}
