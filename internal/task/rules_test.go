package task_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
)

func setParameters(text string) func(*task.UpdateRequest) {
	return func(r *task.UpdateRequest) { r.Parameters = text }
}

func setContentType(text string) func(*task.UpdateRequest) {
	return func(r *task.UpdateRequest) { r.ContentType = text }
}

func setDates(start, finish time.Time) func(*task.UpdateRequest) {
	return func(r *task.UpdateRequest) { r.StartDate, r.FinishDate = start, finish }
}

// leaveOut makes a field of a request empty. The zero Frequency is a member.
func leaveOut(r *task.UpdateRequest, f task.Field) {
	switch f {
	case task.FieldTaskID:
		r.TaskID = uuid.Nil
	case task.FieldParameters:
		r.Parameters = ""
	case task.FieldContentType:
		r.ContentType = ""
	}
}

func TestRequiredFieldsAreRequired(t *testing.T) {
	for _, missing := range []task.Field{task.FieldTaskID, task.FieldFrequency, task.FieldParameters, task.FieldContentType} {
		var r task.UpdateRequest
		r.Definition = newRequest().Definition
		leaveOut(&r, missing)
		for _, f := range []task.Field{task.FieldTaskID, task.FieldFrequency, task.FieldParameters, task.FieldContentType} {
			if f != missing {
				r.SetSentName(f, f.String())
			}
		}
		got := refusal(t, r)
		if want := missing.String() + " is required: "; got.Code != task.CodeInvalidRequest || !strings.HasPrefix(got.Reason, want) {
			t.Errorf("without %v got %s %q, want %s and %q…", missing, got.Code, got.Reason, task.CodeInvalidRequest, want)
		}
	}
}

func TestBlankTextCountsAsNothing(t *testing.T) {
	for _, blank := range []string{"", " ", "\t\r\n", "\u00a0\u2003"} {
		for name, change := range map[string]func(string) func(*task.UpdateRequest){"Parameters": setParameters, "ContentType": setContentType} {
			got := refusal(t, newRequest(change(blank)))
			if sent := refusal(t, newRequest(change(""))); got.Code != task.CodeInvalidRequest || got.Reason != sent.Reason {
				t.Errorf("%s %q: got %s %q, want what is said of an empty text, %q", name, blank, got.Code, got.Reason, sent.Reason)
			}
			expectNamed(t, got, name)
		}
	}
}

func TestZeroTaskIDIsRefused(t *testing.T) {
	got := refusal(t, newRequest(func(r *task.UpdateRequest) { r.TaskID = uuid.Nil }))
	if got.Code != task.CodeInvalidRequest {
		t.Errorf("got %s, want %s", got.Code, task.CodeInvalidRequest)
	}
	expectNamed(t, got, "TaskID")
}

func TestFieldThatCouldNotBeReadIsNamedOnce(t *testing.T) {
	for _, f := range []task.Field{task.FieldTaskID, task.FieldFrequency, task.FieldParameters, task.FieldContentType} {
		r := newRequest()
		r.Definition = task.Definition{Frequency: task.FrequencyDaily, TaskID: reportID, Parameters: "1", ContentType: "application/json"}
		leaveOut(&r, f)
		r.Problems = task.Problems{{Field: f, Code: task.CodeInvalidRequest, Sentence: "It is wrong."}}
		if got := refusal(t, r).Reason; got != "It is wrong." {
			t.Errorf("%v: got %q, want only the reader's sentence", f, got)
		}
	}
}

func TestFinishDateMustNotBeBeforeStartDate(t *testing.T) {
	for _, test := range []struct {
		name          string
		start, finish time.Time
		refused       bool
	}{
		{"neither", time.Time{}, time.Time{}, false},
		{"start alone", noon, time.Time{}, false},
		{"finish alone", time.Time{}, noon, false},
		{"equal", noon, noon, false},
		{"a tick after", noon, noon.Add(task.DateResolution), false},
		{"both in the past", noon.AddDate(-10, 0, 0), noon.AddDate(-9, 0, 0), false},
		{"a tick before", noon, noon.Add(-task.DateResolution), true},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := newRequest(setDates(test.start, test.finish))
			if test.refused {
				refusal(t, r)
			} else if got := applied(t, r); got.Definition.StartDate != test.start || got.Definition.FinishDate != test.finish {
				t.Errorf("got %v to %v, want %v to %v", got.Definition.StartDate, got.Definition.FinishDate, test.start, test.finish)
			}
		})
	}
}

func TestContentTypeIsComparedWithoutCaseOrParameters(t *testing.T) {
	for _, text := range []string{
		"application/json", "APPLICATION/JSON", " application/json ", "application/json;", "application/json; charset=utf-8",
		"Application/Json ;charset=\"utf-8\";x=1;x=2", "application/json\t; v",
	} {
		if got := applied(t, newRequest(setContentType(text))).Definition.ContentType; got != task.ContentTypeJSON {
			t.Errorf("ContentType %q is stored as %q, want %q", text, got, task.ContentTypeJSON)
		}
	}
	got := applied(t, newRequest(setContentType("Application/XML;charset=utf-8"), setParameters("<a/>"))).Definition.ContentType
	if got != task.ContentTypeXML {
		t.Errorf("got ContentType %q, want %q", got, task.ContentTypeXML)
	}
}

func TestContentTypeMustBeOneOfTwo(t *testing.T) {
	for _, text := range []string{
		"sample string 4", "text/json", "text/xml", "application/*", "*/*", "json", "application / json", "application/json, application/xml",
		"application/jsonx", ";application/json", "application/ld+json", "application/x-www-form-urlencoded",
	} {
		got := refusal(t, newRequest(setContentType(text)))
		expectNamed(t, got, "ContentType")
		if got.Code != task.CodeInvalidRequest || !strings.Contains(got.Reason, task.QuoteValue(text)) {
			t.Errorf("got %s %q, want %s and the value %q", got.Code, got.Reason, task.CodeInvalidRequest, text)
		}
	}
}

func TestParametersMustBeWellFormedInTheirFormat(t *testing.T) {
	for contentType, format := range map[string]struct {
		check func(string) error
		wrong []string
	}{
		"application/json": {wellformed.JSON, []string{`{"a":1`, `{"a":01}`, `<a/>`, `"\ud800"`}},
		"application/xml":  {wellformed.XML, []string{`<a/><b/>`, `<!DOCTYPE a><a/>`, `{"a":1}`}},
	} {
		for _, parameters := range format.wrong {
			got := refusal(t, newRequest(setContentType(contentType), setParameters(parameters)))
			expectNamed(t, got, "Parameters")
			if why := format.check(parameters).Error(); got.Code != task.CodeInvalidRequest || !strings.Contains(got.Reason, "("+why+")") {
				t.Errorf("%s: got %s %q, want %s that says %q", parameters, got.Code, got.Reason, task.CodeInvalidRequest, why)
			}
		}
	}
}

func TestParametersComeBackAsTheyWere(t *testing.T) {
	for _, text := range []string{
		" {\"a\" :\r\n1}\t", `"2026-06-04T03:45:03Z"`, `{"é":"😀"}`, `5.50`, `{"a":1,"a":2}`, `"\u0000"`,
	} {
		if got := applied(t, newRequest(setParameters(text))).Definition.Parameters; got != text {
			t.Errorf("got Parameters %q, want %q", got, text)
		}
	}
}

func TestParametersMustBeWhatXMLCanCarry(t *testing.T) {
	for _, test := range []struct{ parameters, character string }{
		{"\"\x00\"", "U+0000"}, {"\"\x1f\"", "U+001F"}, {"\"\ufffe\"", "U+FFFE"}, {"\"\uffff\"", "U+FFFF"},
	} {
		for _, contentType := range []string{"application/json", "application/xml", "text/plain"} {
			if got := refusal(t, newRequest(setContentType(contentType), setParameters(test.parameters))).Reason; !strings.Contains(got, "Parameters cannot contain") || !strings.Contains(got, test.character) {
				t.Errorf("%s %q: got %q, want the character %s named", contentType, test.parameters, got, test.character)
			}
		}
	}
}

func TestParametersLimitCountsBytesOfUTF8(t *testing.T) {
	const limit = 262144
	for _, test := range []struct {
		name, parameters string
	}{
		{"ASCII", `"` + strings.Repeat("x", limit-2) + `"`},
		{"two bytes each", `"` + strings.Repeat("é", (limit-2)/2) + `"`},
		{"four bytes each", `"xx` + strings.Repeat("😀", (limit-4)/4) + `"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := len(test.parameters); got != limit {
				t.Fatalf("the test has %d bytes, want %d", got, limit)
			}
			if got := applied(t, newRequest(setParameters(test.parameters))).Definition.Parameters; got != test.parameters {
				t.Error("Parameters at the limit came back otherwise")
			}
			got := refusal(t, newRequest(setParameters(test.parameters+" ")))
			expectNamed(t, got, "Parameters")
			if got.Code != task.CodePayloadTooLarge || !strings.Contains(got.Reason, "262145") {
				t.Errorf("one byte more: got %s %q, want %s and the size", got.Code, got.Reason, task.CodePayloadTooLarge)
			}
		})
	}
}
