package wire_test

import (
	"cmp"
	"errors"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

const (
	jsonType = "application/json"
	xmlType  = "application/xml"
	formType = "application/x-www-form-urlencoded"

	reportID = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
)

// read reads a body that is well formed.
func read(t *testing.T, contentType, body string) task.UpdateRequest {
	t.Helper()
	d, err := wire.ReadUpdate(wire.Body{Bytes: []byte(body), ContentType: contentType})
	if err != nil {
		t.Fatalf("%s %.80q is refused: %v", contentType, body, err)
	}
	return d
}

// refusal is the error of a body that is not read at all.
func refusal(t *testing.T, contentType, body string) *task.Error {
	t.Helper()
	_, err := wire.ReadUpdate(wire.Body{Bytes: []byte(body), ContentType: contentType})
	var refused *task.Error
	if !errors.As(err, &refused) {
		t.Fatalf("%s %.200q: got error %v, want a refusal", contentType, body, err)
	}
	return refused
}

// malformed demands that a body is refused as malformed, for a reason that contains the words.
func malformed(t *testing.T, contentType, body, words string) {
	t.Helper()
	if got := refusal(t, contentType, body); got.Code != task.CodeMalformedBody || !strings.Contains(got.Reason, words) {
		t.Errorf("%s %.80q: got %s %q, want %s with %q", contentType, body, got.Code, got.Reason, task.CodeMalformedBody, words)
	}
}

// What shown says of a field that was not sent and of one that cannot have its value.
const (
	notSent = "not sent"
	refused = "refused"
)

// shown returns the value of a field of the request in words.
func shown(d task.UpdateRequest, f task.Field) string {
	switch {
	case d.Problems.Has(f):
		return refused
	case !d.Sent(f):
		return notSent
	}
	slot := d.Slot(f)
	switch value := slot.Value.(type) {
	case **bool:
		if *value == nil {
			return "kept"
		}
	case *time.Time:
		return shownDate(*value)
	}
	text, _ := task.TextOf(slot.Value)
	return text
}

// written is one field as a format writes it, with what it means.
type written struct {
	field task.Field
	text  string
	want  string
}

// checkFields reads each field in a separate body.
func checkFields(t *testing.T, contentType string, body func(w written) string, table []written) {
	t.Helper()
	for _, w := range table {
		if got := shown(read(t, contentType, body(w)), w.field); got != w.want {
			t.Errorf("%s: got %v %q, want %q", body(w), w.field, got, w.want)
		}
	}
}

// The same update in every format.
var everyFormat = map[string]string{
	jsonType: `{"Enabled":false,"TaskID":"` + reportID + `","Frequency":2,"StartDate":"2026-06-04T03:45:03Z","FinishDate":"2026-06-05",` +
		`"Parameters":"{\"a\": \"1 + 1\"}","ContentType":"application/json","Notification":"ALWAYS"}`,
	xmlType: `<AccountTaskUpdateRequest><Enabled>false</Enabled><TaskID>` + reportID + `</TaskID><Frequency>DAILY</Frequency>` +
		`<StartDate>2026-06-04T03:45:03Z</StartDate><FinishDate>2026-06-05</FinishDate><Parameters>{"a": "1 + 1"}</Parameters>` +
		`<ContentType>application/json</ContentType><Notification>ALWAYS</Notification></AccountTaskUpdateRequest>`,
	formType: `Enabled=false&TaskID=` + reportID + `&Frequency=DAILY&StartDate=2026-06-04T03:45:03Z&FinishDate=2026-06-05` +
		`&Parameters=%7B%22a%22:+%221+%2b+1%22%7D&ContentType=application/json&Notification=3`,
}

func TestEveryFormatIsReadToTheSameUpdate(t *testing.T) {
	want := map[task.Field]string{
		task.FieldEnabled: "false", task.FieldTaskID: reportID, task.FieldFrequency: "DAILY",
		task.FieldStartDate: "2026-06-04T03:45:03+00:00", task.FieldFinishDate: "2026-06-05T00:00:00+00:00",
		task.FieldParameters: `{"a": "1 + 1"}`, task.FieldContentType: "application/json", task.FieldNotification: "ALWAYS",
	}
	for contentType, body := range everyFormat {
		d := read(t, contentType, body)
		for _, f := range task.BodyFields {
			if got := shown(d, f); got != cmp.Or(want[f], notSent) {
				t.Errorf("%s: got %v %q, want %q", contentType, f, got, want[f])
			}
		}
	}
}

func TestMissingFieldsAreNotSent(t *testing.T) {
	for contentType, body := range map[string]string{jsonType: `{}`, xmlType: `<AccountTaskUpdateRequest/>`, formType: `x=1`} {
		d := read(t, contentType, body)
		for _, f := range task.BodyFields {
			if got := shown(d, f); got != notSent {
				t.Errorf("%s: got %v %q, want %q", contentType, f, got, notSent)
			}
		}
	}
}

func TestEveryFieldThatCannotBeReadIsAProblem(t *testing.T) {
	for contentType, body := range map[string]string{
		jsonType: `{"enabled":"x","taskid":5,"frequency":1.0,"startdate":"x","finishdate":[],"parameters":{},"contenttype":{},"notification":4}`,
		formType: `enabled=x&taskid=5&frequency=x&startdate=x&finishdate=x&notification=`,
	} {
		d := read(t, contentType, body)
		for _, f := range task.BodyFields {
			name := strings.ToLower(f.String())
			if sent := strings.Contains(body, name); sent && (shown(d, f) != refused || d.Name(f) != name) {
				t.Errorf("%s: got %v %q under the name %q, want it refused as %q", contentType, f, shown(d, f), d.Name(f), name)
			}
		}
	}
}

func TestContentTypePicksTheReader(t *testing.T) {
	json, xml, form := everyFormat[jsonType], everyFormat[xmlType], everyFormat[formType]
	for contentType, body := range map[string]string{
		"application/json": json, "text/json": json, "application/xml": xml, "text/xml": xml, formType: form,
		"APPLICATION/Json": json, " text / xml ": xml, "application/json;": json, "text/xml ; ; charset=utf-8;": xml, "application/json; charset=utf-8": json,
		"application/xml;charset=\"utf-8\"; x=\"a;b,c\\\"d\"": xml, "application/json;version": json, "application/json; version=1;version=2": json,
		"application/json ; q = 0": json, "*/*": json, "application/*": json, "text/*": json,
		"application/x-www-form-urlencoded; charset=utf-16": form,
		"": "", "application/jsonx": "", "application/vnd.api+json": "", "text/plain": "", "json": "", "application/": "", "/json": "",
		"application/json, text/xml": "", "application/json,": "", "application/json;;": json, "application/json; =1": "", "application/json; a=": "",
		"application/json; a=\"b": "", "application/json x": "", "application/json (x)": "", "*/json": "", "multipart/form-data; boundary=x": "",
	} {
		if body != "" {
			if got := read(t, contentType, body).Frequency; got != task.FrequencyDaily {
				t.Errorf("%q: got Frequency %v, want DAILY", contentType, got)
			}
		} else if got := refusal(t, contentType, json).Code; got != task.CodeUnsupportedMediaType {
			t.Errorf("%q: got %s, want %s", contentType, got, task.CodeUnsupportedMediaType)
		}
	}
}

func TestNoBodyIsJudgedBeforeItsMediaType(t *testing.T) {
	for _, contentType := range []string{jsonType, xmlType, formType, "text/plain", ""} {
		for _, body := range []string{"", " ", "\r\n\t ", "\ufeff", "\ufeff \n"} {
			malformed(t, contentType, body, "The body is required")
		}
	}
}
