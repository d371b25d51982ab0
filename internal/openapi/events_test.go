package openapi_test

import (
	"io/fs"
	"testing"

	"accounttasks/internal/openapi"
	"accounttasks/internal/openapi/openapitest"
)

// events are the detail-types of the events.
var events = []string{"Account Task Due", "Account Task Finished", "Account Task Notification"}

func TestExamplesOfEventsAreValid(t *testing.T) {
	files, err := fs.Glob(openapi.EventSchemas, "events/*")
	if err != nil || len(files) != len(events) {
		t.Errorf("got the schemas %v, %v, want one for each of %v", files, err, events)
	}
	for _, detailType := range events {
		examples, err := openapitest.EventExamples(detailType)
		if err != nil || len(examples) == 0 {
			t.Fatalf("%s: got %d examples, %v", detailType, len(examples), err)
		}
		for _, example := range examples {
			if err := openapitest.ValidateSentEvent(detailType, example); err != nil {
				t.Errorf("%s: %s: %v", detailType, example, err)
			}
		}
	}
}

func TestSchemasOfEventsAllowFurtherMembers(t *testing.T) {
	for _, detailType := range events {
		if err := openapitest.ValidateEvent(detailType, `{"new":1}`); err == nil {
			t.Errorf("%s: the schema accepts a detail without a member that is required", detailType)
		}
		examples, _ := openapitest.EventExamples(detailType)
		for _, example := range examples {
			if err := openapitest.ValidateEvent(detailType, `{"new":1,`+example[1:]); err != nil {
				t.Errorf("%s: %v, want further members to be valid", detailType, err)
			}
		}
	}
}
