package openapitest

import (
	"strings"
	"sync"
	"testing"

	"github.com/pb33f/libopenapi"
	validator "github.com/pb33f/libopenapi-validator"
	"github.com/pb33f/libopenapi-validator/config"
	"github.com/pb33f/libopenapi-validator/errors"
	"github.com/pb33f/libopenapi-validator/schema_validation"

	"accounttasks/internal/openapi"
)

// CheckDocument fails the test unless the text is a valid OpenAPI document.
func CheckDocument(t testing.TB, text []byte) {
	t.Helper()
	document, err := libopenapi.NewDocument(text)
	if err != nil {
		t.Fatalf("the document cannot be read: %v", err)
	}
	v, problems := validator.NewValidator(document, config.WithFormatAssertions())
	if len(problems) > 0 {
		t.Fatalf("the document cannot be read: %v", problems[0])
	}
	_, invalid := v.ValidateDocument()
	report(t, "the document", invalid)
}

// CheckSchema fails the test unless the JSON text satisfies the document's schema of this name, read strictly.
func CheckSchema(t testing.TB, name, text string) {
	t.Helper()
	report(t, name+" "+text, violations(t, name, text))
}

// violations returns why the JSON text does not satisfy the document's schema of this name, read strictly.
func violations(t testing.TB, name, text string) []*errors.ValidationError {
	t.Helper()
	model, err := readDocument()
	if err != nil {
		t.Fatalf("the document cannot be read: %v", err)
	}
	built, err := model.BuildV3Model()
	if err != nil {
		t.Fatalf("the document cannot be read: %v", err)
	}
	schema, found := built.Model.Components.Schemas.Get(name)
	if !found {
		t.Fatalf("the document has no schema %s", name)
	}
	_, problems := schema_validation.NewSchemaValidator(config.WithFormatAssertions()).ValidateSchemaString(schema.Schema(), text)
	return problems
}

// readDocument and read read the document, made strict, once for all tests of a package.
var readDocument = sync.OnceValues(func() (libopenapi.Document, error) {
	text, err := strict(openapi.Document)
	if err != nil {
		return nil, err
	}
	return libopenapi.NewDocument(text)
})

var read = sync.OnceValues(func() (validator.Validator, error) {
	document, err := readDocument()
	if err != nil {
		return nil, err
	}
	v, problems := validator.NewValidator(document, config.WithFormatAssertions())
	if len(problems) > 0 {
		return nil, problems[0]
	}
	return v, nil
})

func reader(t testing.TB) validator.Validator {
	t.Helper()
	v, err := read()
	if err != nil {
		t.Fatalf("the document cannot be read: %v", err)
	}
	return v
}

func report(t testing.TB, what string, problems []*errors.ValidationError) {
	t.Helper()
	for _, problem := range problems {
		details := []string{problem.Message, problem.Reason}
		for _, violation := range problem.SchemaValidationErrors {
			details = append(details, violation.FieldPath+" "+violation.Reason)
		}
		t.Errorf("%s: %s", what, strings.Join(details, ": "))
	}
}
