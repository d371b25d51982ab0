package openapitest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pb33f/jsonschema/v6"

	"accounttasks/internal/openapi"
)

// eventFile is the path of the schema of an event with this detail-type.
func eventFile(detailType string) string {
	return "events/" + strings.ReplaceAll(strings.ToLower(detailType), " ", "-") + ".json"
}

// ValidateEvent validates the detail of an event by its published schema.
func ValidateEvent(detailType, detail string) error {
	schema, _, err := eventSchema(detailType)
	if err != nil {
		return err
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(detail))
	if err != nil {
		return err
	}
	return schema.Validate(document)
}

// ValidateSentEvent is ValidateEvent for an event that the service sends: the schema must describe every member.
func ValidateSentEvent(detailType, detail string) error {
	_, declared, err := eventSchema(detailType)
	if err != nil {
		return err
	}
	var members map[string]any
	if err := json.Unmarshal([]byte(detail), &members); err != nil {
		return err
	}
	errs := []error{ValidateEvent(detailType, detail)}
	for name := range members {
		if _, known := declared.Properties[name]; !known {
			errs = append(errs, fmt.Errorf("the schema of %s does not have the member %s", detailType, name))
		}
	}
	return errors.Join(errs...)
}

// EventExamples are the examples in the schema of an event.
func EventExamples(detailType string) ([]string, error) {
	_, declared, err := eventSchema(detailType)
	var examples []string
	for _, example := range declared.Examples {
		examples = append(examples, string(example))
	}
	return slices.Clip(examples), err
}

// declaredEvent is what the tests read of a schema.
type declaredEvent struct {
	Properties map[string]any
	Examples   []json.RawMessage
}

func eventSchema(detailType string) (*jsonschema.Schema, declaredEvent, error) {
	var declared declaredEvent
	file := eventFile(detailType)
	written, err := openapi.EventSchemas.ReadFile(file)
	if err != nil {
		return nil, declared, err
	}
	if err := json.Unmarshal(written, &declared); err != nil {
		return nil, declared, fmt.Errorf("%s: %w", file, err)
	}
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(string(written)))
	if err != nil {
		return nil, declared, fmt.Errorf("%s: %w", file, err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource(file, document); err != nil {
		return nil, declared, err
	}
	schema, err := compiler.Compile(file)
	return schema, declared, err
}
