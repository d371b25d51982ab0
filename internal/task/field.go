package task

// Field is one row of a table of fields: what a request calls a value, and what would be right for it. Rows of the
// request's body also say where the value is kept; its type decides how each format binds and writes it. Fields
// are compared by identity.
type Field struct{ *row }

type row struct {
	name, want string
	place      Place
	nullable   bool
	neverNull  bool
	value      func(*RequestBody) any
}

// Place is where a field comes in the order in which an answer names problems.
type Place int

// The places beside the body, whose fields have the places between them in their published order.
const (
	BeforeBody Place = 0
	AfterBody  Place = 1000
)

// NewField makes a field of a request: its name, and what would be right for it, so that "send" and want are a
// sentence.
func NewField(name, want string, place Place) Field {
	return Field{&row{name: name, want: want, place: place}}
}

// String is the field's published name.
func (f Field) String() string { return f.name }

// Nullable reports whether null, or nil in XML, leaves the field out. Other fields have no null.
func (f Field) Nullable() bool { return f.nullable }

// NeverNull reports whether an answer writes the field's zero value where there is none, instead of null.
func (f Field) NeverNull() bool { return f.neverNull }

const wantDate = "an ISO 8601 date such as 2026-06-04T03:45:03Z, or leave it out"

// The fields of the published request body (contract section 1).
var (
	FieldEnabled = Field{&row{name: "Enabled", nullable: true,
		want:  "true or false, or leave it out",
		value: func(b *RequestBody) any { return &b.Enabled }}}
	FieldTaskID = Field{&row{name: "TaskID",
		want:  "the GUID of an entry of the task catalogue",
		value: func(b *RequestBody) any { return &b.TaskID }}}
	FieldFrequency = Field{&row{name: "Frequency",
		want:  "one of " + Frequencies.List(),
		value: func(b *RequestBody) any { return &b.Frequency }}}
	FieldStartDate = Field{&row{name: "StartDate", nullable: true, neverNull: true,
		want:  wantDate,
		value: func(b *RequestBody) any { return &b.StartDate }}}
	FieldFinishDate = Field{&row{name: "FinishDate", nullable: true,
		want:  wantDate,
		value: func(b *RequestBody) any { return &b.FinishDate }}}
	FieldParameters = Field{&row{name: "Parameters",
		want:  "the task's parameters as text in the format that ContentType names",
		value: func(b *RequestBody) any { return &b.Parameters }}}
	FieldContentType = Field{&row{name: "ContentType",
		want:  ContentTypeJSON + " or " + ContentTypeXML,
		value: func(b *RequestBody) any { return &b.ContentType }}}
	FieldNotification = Field{&row{name: "Notification", nullable: true,
		want:  "one of " + Notifications.List() + ", or leave it out",
		value: func(b *RequestBody) any { return &b.Notification }}}
)

// BodyFields are the fields of the published request body in their published order. A new field comes last.
var BodyFields = inOrder(
	FieldEnabled, FieldTaskID, FieldFrequency, FieldStartDate,
	FieldFinishDate, FieldParameters, FieldContentType, FieldNotification,
)

// inOrder sets the places of the fields.
func inOrder(fields ...Field) []Field {
	for i, f := range fields {
		f.place = BeforeBody + Place(i) + 1
	}
	return fields
}

// FieldID is the id of the task that a request is about.
var FieldID = NewField("id", "the GUID of a task on your account in the path", BeforeBody)
