package openapi_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"accounttasks/internal/openapi"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/task"
)

func TestDocumentIsValidOpenAPI(t *testing.T) {
	openapitest.CheckDocument(t, openapi.Document)
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

// requests are the requests that carry the fields of a task, by the names of their schemas, with the fields of each.
var requests = map[string][]task.Field{
	"AccountTaskRequest":       task.BodyFields[1:], // without Enabled
	"AccountTaskFields":        task.BodyFields[1:],
	"AccountTaskUpdateRequest": task.BodyFields,
	"AccountTaskUpdateFields":  task.BodyFields,
}

// TestNumbersOfMembers holds the numbers that the document describes against the code's.
func TestNumbersOfMembers(t *testing.T) {
	schemas := openapitest.Root(t).At("components", "schemas")
	for name, members := range map[string]task.Enum{"Frequency": task.Frequencies, "Notification": task.Notifications} {
		var numbered []string
		for number, member := range members {
			numbered = append(numbered, strconv.Itoa(number)+" "+member)
		}
		described := strings.Join(strings.Fields(schemas.At(name, "description").Text()), " ")
		if want := strings.Join(numbered, ", ") + "."; !strings.Contains(described, want) {
			t.Errorf("%s is described as %q, the code has the numbers %q", name, described, want)
		}
	}
}

func TestFieldsOfTheRequests(t *testing.T) {
	for name, fields := range requests {
		var want []string
		for _, f := range fields {
			want = append(want, f.String())
		}
		got := openapitest.Root(t).At("components", "schemas", name, "properties").Names()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: the document lists the fields %q, the code %q", name, got, want)
		}
	}
}

func TestLimitOfParameters(t *testing.T) {
	for request := range requests {
		parameters := openapitest.Root(t).At("components", "schemas", request, "properties", "Parameters")
		if got := parameters.At("maxLength").Value; got != task.ParametersLimit {
			t.Errorf("%s: the document limits Parameters to %v, the code to %d", request, got, task.ParametersLimit)
		}
	}
}

// TestLimitsOfLists holds the numbers of entries that a list may be asked for against the code's.
func TestLimitsOfLists(t *testing.T) {
	parameters := openapitest.Root(t).At("components", "parameters").Members()
	count, listed := parameters["count"]
	if !listed {
		t.Skip("the document has no list")
	}
	schema := count.At("schema")
	if got := schema.At("maximum").Value; got != task.MaxCount {
		t.Errorf("the document allows %v entries, the code %d", got, task.MaxCount)
	}
	if got := schema.At("default").Value; got != task.DefaultCount {
		t.Errorf("the document promises %v entries by default, the code %d", got, task.DefaultCount)
	}
}
