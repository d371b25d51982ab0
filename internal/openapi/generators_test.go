package openapi_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi/openapitest"
)

// TestGeneratorsUnderstandEverySchema checks that no schema has what generators of clients read in different ways: schemas
// that are combined (but for null), a pattern beside a format, and a ban on further members, which would make a client
// refuse an answer of a later version.
func TestGeneratorsUnderstandEverySchema(t *testing.T) {
	for name, schema := range openapitest.Root(t).At("components", "schemas").Members() {
		walk(schema.Value, func(part map[string]any) {
			for _, keyword := range []string{"allOf", "oneOf", "const", "additionalProperties"} {
				if _, found := part[keyword]; found {
					t.Errorf("%s has %s", name, keyword)
				}
			}
			if part["pattern"] != nil && part["format"] != nil {
				t.Errorf("%s has a pattern beside a format", name)
			}
			if alternatives, found := part["anyOf"].([]any); found && !isNullable(alternatives) {
				t.Errorf("%s has anyOf, and not of a schema and null", name)
			}
		})
	}
}

// walk calls a function with every object in a part of the document.
func walk(value any, visit func(map[string]any)) {
	switch part := value.(type) {
	case map[string]any:
		visit(part)
		for _, member := range part {
			walk(member, visit)
		}
	case []any:
		for _, item := range part {
			walk(item, visit)
		}
	}
}

// isNullable reports whether alternatives are a reference and null.
func isNullable(alternatives []any) bool {
	if len(alternatives) != 2 {
		return false
	}
	_, isReference := alternatives[0].(map[string]any)["$ref"]
	return isReference && alternatives[1].(map[string]any)["type"] == "null"
}

// TestAnswersOfAnOperationHaveOneShape checks that all answers in JSON of an operation have the same schema. A request
// for a token has two, which RFC 6749 defines.
func TestAnswersOfAnOperationHaveOneShape(t *testing.T) {
	for path, item := range openapitest.Root(t).At("paths").Members() {
		for method, operation := range item.Members() {
			shapes := map[string]bool{}
			for _, answer := range operation.At("responses").Members() {
				if content, found := answer.Members()["content"]; found {
					shapes[schemaOf(content, "application/json")] = true
				}
			}
			want := 1
			switch {
			case method == "head":
				want = 0
			case path == tokenPath:
				want = 2
			}
			if len(shapes) != want {
				t.Errorf("%s %s has the answers %q, want %d", method, path, slices.Sorted(maps.Keys(shapes)), want)
			}
		}
	}
}

// schemaOf is the reference to the schema of a media type.
func schemaOf(content openapitest.Node, mediaType string) string {
	media := content.Value.(map[string]any)[mediaType].(map[string]any)
	return media["schema"].(map[string]any)["$ref"].(string)
}

// TestMediaTypesOfARequestHaveTheirOwnSchemas checks that JSON, XML and forms have a schema each.
func TestMediaTypesOfARequestHaveTheirOwnSchemas(t *testing.T) {
	for path, item := range openapitest.Root(t).At("paths").Members() {
		for method, operation := range item.Members() {
			body, found := operation.Members()["requestBody"]
			if !found || path == tokenPath {
				continue
			}
			schemas := map[string]bool{}
			for _, mediaType := range []string{"application/json", "application/xml", "application/x-www-form-urlencoded"} {
				schemas[schemaOf(body.At("content"), mediaType)] = true
			}
			if len(schemas) != 3 {
				t.Errorf("%s %s: two media types have the same of the schemas %q", method, path, slices.Sorted(maps.Keys(schemas)))
			}
		}
	}
}

// TestEverythingIsDescribed checks that operations, parameters, headers and schemas have descriptions, and headers and
// parameters that are headers an example and a pattern.
func TestEverythingIsDescribed(t *testing.T) {
	document := openapitest.Root(t)
	described := func(name string, part openapitest.Node) {
		if part.Value.(map[string]any)["description"] == nil {
			t.Errorf("%s has no description", name)
		}
	}
	for path, item := range document.At("paths").Members() {
		for method, operation := range item.Members() {
			described(method+" "+path, operation)
		}
	}
	components := document.At("components")
	for _, kind := range []string{"schemas", "parameters", "headers"} {
		for name, part := range components.At(kind).Members() {
			described(kind+"/"+name, part)
			if kind == "headers" || kind == "parameters" && part.At("in").Text() == "header" {
				if part.At("example").Text() == "" || part.At("schema", "pattern").Text() == "" {
					t.Errorf("%s/%s has no example or no pattern", kind, name)
				}
			}
		}
	}
}

// TestAddressesAreAbsolute checks the addresses that clients use by default.
func TestAddressesAreAbsolute(t *testing.T) {
	document := openapitest.Root(t)
	flow := document.At("components", "securitySchemes", "OAuth", "flows", "clientCredentials")
	for _, address := range []string{
		document.At("servers").Items()[0].At("url").Text(), flow.At("tokenUrl").Text(), flow.At("refreshUrl").Text(),
	} {
		if !strings.HasPrefix(address, "http://127.0.0.1:3000") {
			t.Errorf("got the address %s, want one of the local stack", address)
		}
	}
}
