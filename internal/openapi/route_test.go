package openapi_test

import (
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/samtemplate"
	"accounttasks/internal/openapi/openapitest"
)

// TestOperationsAreTheTemplatesRoutes holds methods, paths and scopes against the routes of the template that
// ask for a token. The route $default serves no operation of its own.
func TestOperationsAreTheTemplatesRoutes(t *testing.T) {
	template, err := samtemplate.ReadFile("../../template.yaml", samtemplate.Substitutes{
		TableName: "tasks", Issuer: "https://issuer.example.com", Audience: "tasks", Region: "eu-west-1", AccountID: "123456789012",
	})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, route := range template.Routes {
		if route.Authorizer != nil && route.Path != apigateway.DefaultPath {
			want = append(want, route.Key()+" "+strings.Join(route.Scopes, " "))
		}
	}
	got := operations(t)
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the document has the operations %q, the template the routes %q", got, want)
	}
}

// operations are the document's operations with the scopes that they ask for.
func operations(t *testing.T) []string {
	t.Helper()
	document := openapitest.Root(t)
	scopes := document.At("security").Items()[0].At("OAuth").Texts()
	var listed []string
	for path, item := range document.At("paths").Members() {
		for _, method := range item.Names() {
			listed = append(listed, strings.ToUpper(method)+" "+path+" "+strings.Join(scopes, " "))
		}
	}
	return listed
}

func TestScopeIsTheTokenEndpoints(t *testing.T) {
	document := openapitest.Root(t)
	offered := document.At("components", "securitySchemes", "OAuth", "flows", "clientCredentials", "scopes").Names()
	asked := document.At("security").Items()[0].At("OAuth").Texts()
	if !slices.Equal(offered, asked) {
		t.Errorf("the token endpoint offers the scopes %q, the operations ask for %q", offered, asked)
	}
}
