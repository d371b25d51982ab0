package openapi_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/task"
)

func TestDocumentIsValidOpenAPI(t *testing.T) {
	openapitest.CheckDocument(t)
}

// TestEnumerations holds what the document lists against what the code knows.
func TestEnumerations(t *testing.T) {
	schemas := openapitest.Root(t).At("components", "schemas")
	for name, want := range enumerations(t) {
		if got := schemas.At(name, "enum").Texts(); !slices.Equal(got, want) {
			t.Errorf("%s lists %q, the code %q", name, got, want)
		}
	}
}

// enumerations are the enumerations of the contract by the names that both schemas give them.
func enumerations(t *testing.T) map[string][]string {
	t.Helper()
	return map[string][]string{
		"Frequency":        task.Frequencies,
		"Notification":     task.Notifications,
		"ParametersFormat": {task.ContentTypeJSON, task.ContentTypeXML},
		"ErrorCode":        constants(t, "../task/error.go", "Code"),
		"Status":           constants(t, "../task/task.go", "Status"),
	}
}

// constants reads the values of a string type's constants from their source: there is no list of them that
// could be left behind.
func constants(t *testing.T, file, typeName string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var values []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if named, ok := spec.Type.(*ast.Ident); ok && named.Name == typeName {
			value, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			values = append(values, value)
		}
		return true
	})
	if len(values) == 0 {
		t.Fatalf("%s declares no constant of type %s", file, typeName)
	}
	return values
}

func TestNumbersOfMembers(t *testing.T) {
	schemas := openapitest.Root(t).At("components", "schemas")
	for name, members := range map[string]task.Enum{
		"FrequencyByNameOrNumber":    task.Frequencies,
		"NotificationByNameOrNumber": task.Notifications,
	} {
		numbered := schemas.At(name, "anyOf").Items()[1]
		want, described := []any{}, ""
		for number, member := range members {
			want = append(want, number)
			described += ", " + strconv.Itoa(number) + " " + member
		}
		if got := numbered.At("enum").Value; !slices.Equal(got.([]any), want) {
			t.Errorf("%s lists the numbers %v, the code %v", name, got, want)
		}
		if got := ", " + numbered.At("description").Text(); got != described {
			t.Errorf("%s describes the numbers as %q, the code as %q", name, got, described)
		}
	}
}

func TestFieldsOfTheRequest(t *testing.T) {
	request := openapitest.Root(t).At("components", "schemas", "AccountTaskUpdateRequest")
	var want []string
	for _, f := range task.BodyFields {
		want = append(want, f.String())
	}
	got := request.At("properties").Names()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the document lists the fields %q, the code %q", got, want)
	}
}

func TestLimitOfParameters(t *testing.T) {
	parameters := openapitest.Root(t).At("components", "schemas", "AccountTaskUpdateRequest", "properties", "Parameters")
	if got := parameters.At("maxLength").Value; got != task.ParametersLimit {
		t.Errorf("the document limits Parameters to %v, the code to %d", got, task.ParametersLimit)
	}
}
