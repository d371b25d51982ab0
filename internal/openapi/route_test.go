package openapi_test

import (
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/openapi/openapitest"
)

// onDefaultRoute are the operations that come to the service on the route $default, which serves what has no route.
var onDefaultRoute = []string{
	"POST /api/v2/admin/tasks/account tasks/write",
	"GET /api/v1/admin/tasks/account tasks/read",
	"GET /api/v1/admin/tasks/account/{id} tasks/read",
	"DELETE /api/v1/admin/tasks/account/{id} tasks/write",
	"GET /api/v1/admin/tasks tasks/read",
}

// TestOperationsAreTheTemplatesRoutes holds methods, paths and scopes against the routes of the template that
// ask for a token. HEAD is served with GET.
func TestOperationsAreTheTemplatesRoutes(t *testing.T) {
	template, err := samtemplate.ReadFile("../../template.yaml", samtemplate.Substitutes{
		TableName: "tasks", Issuer: "https://issuer.example.com", Audience: "tasks", Region: "eu-west-1", AccountID: "123456789012",
	})
	if err != nil {
		t.Fatal(err)
	}
	want := slices.Clone(onDefaultRoute)
	for _, route := range template.Routes {
		if route.Authorizer != nil && route.Path != apigateway.DefaultPath {
			want = append(want, route.Key()+" "+strings.Join(route.Scopes, " "))
		}
	}
	got := operations(t)
	slices.Sort(got)
	slices.Sort(want)
	got = slices.DeleteFunc(got, func(o string) bool { return strings.HasPrefix(o, "HEAD ") })
	if want = slices.Compact(want); !slices.Equal(got, want) {
		t.Errorf("the document has the operations %q, the template the routes %q", got, want)
	}
}

// operations are the document's operations with the scopes that they ask for.
func operations(t *testing.T) []string {
	t.Helper()
	var listed []string
	for path, item := range openapitest.Root(t).At("paths").Members() {
		for method, operation := range item.Members() {
			listed = append(listed, strings.ToUpper(method)+" "+path+" "+strings.Join(scopesOf(operation), " "))
		}
	}
	return listed
}

// scopesOf are the scopes that an operation asks for.
func scopesOf(operation openapitest.Node) []string {
	return operation.At("security").Items()[0].At("OAuth").Texts()
}

// TestScopesAreTheTokenEndpoints holds the scopes that the operations ask for against those that the token endpoint
// offers.
func TestScopesAreTheTokenEndpoints(t *testing.T) {
	document := openapitest.Root(t)
	offered := document.At("components", "securitySchemes", "OAuth", "flows", "clientCredentials", "scopes").Names()
	var asked []string
	for _, item := range document.At("paths").Members() {
		for _, operation := range item.Members() {
			asked = append(asked, scopesOf(operation)...)
		}
	}
	slices.Sort(offered)
	slices.Sort(asked)
	if asked = slices.Compact(asked); !slices.Equal(offered, asked) {
		t.Errorf("the token endpoint offers the scopes %q, the operations ask for %q", offered, asked)
	}
}
