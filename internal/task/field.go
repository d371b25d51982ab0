package task

// Field is a part of an update request that can be wrong: the path's id, one of the eight fields of the
// published request (contract section 1), or one of the two headers that guard an update.
type Field int

// The fields, in the order in which an answer names them.
const (
	FieldID Field = iota
	FieldEnabled
	FieldTaskID
	FieldFrequency
	FieldStartDate
	FieldFinishDate
	FieldParameters
	FieldContentType
	FieldNotification
	FieldIfMatch
	FieldIdempotencyKey
)

// fields holds each field's published name and what would be right for it.
var fields = [...]struct{ name, want string }{
	FieldID:             {"id", "the GUID of a task on your account in the path"},
	FieldEnabled:        {"Enabled", "true or false, or leave it out to keep the stored value"},
	FieldTaskID:         {"TaskID", "the GUID of an entry of the task catalogue"},
	FieldFrequency:      {"Frequency", "one of " + Frequencies.List()},
	FieldStartDate:      {"StartDate", "an ISO 8601 date such as 2026-06-04T03:45:03Z, or leave it out"},
	FieldFinishDate:     {"FinishDate", "an ISO 8601 date such as 2026-06-04T03:45:03Z, or leave it out"},
	FieldParameters:     {"Parameters", "the task's parameters as text in the format that ContentType names"},
	FieldContentType:    {"ContentType", ContentTypeJSON + " or " + ContentTypeXML},
	FieldNotification:   {"Notification", "one of " + Notifications.List() + ", or leave it out"},
	FieldIfMatch:        {"If-Match", `* or up to 8 entity-tags such as "3-Zm9v"`},
	FieldIdempotencyKey: {"Idempotency-Key", "1 to 255 visible ASCII characters"},
}

// BodyFields are the fields of the published request body in their published order.
var BodyFields = []Field{
	FieldEnabled, FieldTaskID, FieldFrequency, FieldStartDate,
	FieldFinishDate, FieldParameters, FieldContentType, FieldNotification,
}

// String is the field's published name.
func (f Field) String() string { return fields[f].name }
