package openapi_test

import (
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/openapi/openapitest"
)

// TestOperationsAreTheTemplatesRoutes holds methods and paths against the routes of the template. HEAD is served with
// GET.
func TestOperationsAreTheTemplatesRoutes(t *testing.T) {
	template, err := samtemplate.ReadFile("../../template.yaml", samtemplate.Substitutes{
		TableName: "tasks", Region: "eu-west-1", AccountID: "123456789012",
	})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, route := range template.Routes {
		if route.Path != apigateway.DefaultPath && route.Path != tokenRoute {
			want = append(want, route.Key())
		}
	}
	var got []string
	for path, item := range openapitest.Root(t).At("paths").Members() {
		for method := range item.Members() {
			if method != "head" && path != tokenPath {
				got = append(got, strings.ToUpper(method)+" "+path)
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the document has the operations %q, the template the routes %q", got, want)
	}
}

// tokenPath is served by a route for all paths of one segment, because API Gateway's routes tell upper case from lower
// case.
const (
	tokenPath  = "/Token"
	tokenRoute = "/{name}"
)

// TestScopesAreTheTokenEndpoints holds the scopes that the operations ask for against those that the token endpoint
// offers.
func TestScopesAreTheTokenEndpoints(t *testing.T) {
	document := openapitest.Root(t)
	offered := document.At("components", "securitySchemes", "OAuth", "flows", "clientCredentials", "scopes").Names()
	var asked []string
	for path, item := range document.At("paths").Members() {
		for _, operation := range item.Members() {
			if path != tokenPath {
				asked = append(asked, openapitest.Scopes(operation)...)
			}
		}
	}
	slices.Sort(offered)
	slices.Sort(asked)
	if asked = slices.Compact(asked); !slices.Equal(offered, asked) {
		t.Errorf("the token endpoint offers the scopes %q, the operations ask for %q", offered, asked)
	}
}
