package dynamo

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// definition returns the part of a task's item that every update replaces as a whole, with an attribute for each field
// of a definition. A field that is not set is omitted; an enumeration always has a value.
func definition(d task.Definition) types.AttributeValue {
	body := task.RequestBody{Definition: d}
	written := make(item, len(task.BodyFields))
	for _, field := range task.BodyFields {
		slot := body.Slot(field)
		value, set := task.TextOf(slot.Value)
		if _, isEnumerated := slot.Value.(task.Enumerated); set || isEnumerated {
			written[slot.Field.String()] = text(value)
		}
	}
	return &types.AttributeValueMemberM{Value: written}
}

// readDefinition reads the fields of a definition. One that is missing has its zero value.
func readDefinition(f *fields) task.Definition {
	var body task.RequestBody
	for _, field := range task.BodyFields {
		name := field.String()
		switch value := body.Slot(field).Value.(type) {
		case *uuid.UUID:
			*value = f.guid(name)
		case *time.Time:
			*value = f.date(name)
		case *string:
			*value = f.text(name)
		case task.Enumerated:
			value.SetNumber(f.member(name, value.Enum()))
		}
	}
	return body.Definition
}
