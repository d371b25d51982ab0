package main

import (
	"strings"
	"testing"

	"accounttasks/internal/openapi/original"
)

// TestSymptomsOfThePageForClientsOfTheOriginal sends requests that the original accepts. The answers have the symptoms that
// the page names.
func TestSymptomsOfThePageForClientsOfTheOriginal(t *testing.T) {
	t.Parallel()
	const (
		entry = `"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89"`
		rest  = `"Parameters":"{}","ContentType":"application/json"`
		xml   = "application/xml"
	)
	f := startOnDemoData(t)
	for _, test := range []struct {
		symptom                    string
		query, contentType, header string
		body                       string
	}{
		{symptom: "Frequency cannot be 7", body: `{` + entry + `,"Frequency":7,` + rest + `}`},
		{symptom: `"DAILY, WEEKLY"`, body: `{` + entry + `,"Frequency":"DAILY, WEEKLY",` + rest + `}`},
		{symptom: "The body is required"},
		{symptom: "The body cannot be null", body: "null"},
		{symptom: "TaskID is required", contentType: xml, body: "<AccountTaskUpdateRequest />"},
		{symptom: "Frequency is required", contentType: xml, body: "<AccountTaskUpdateRequest />"},
		{symptom: "The body is not well-formed JSON", body: `{` + entry + `,"Frequency":1,` + rest + `} // a comment`},
		{symptom: `StartDate cannot be "06/04/2026"`, body: `{` + entry + `,"Frequency":1,"StartDate":"06/04/2026",` + rest + `}`},
		{symptom: "is before StartDate", body: `{` + entry + `,"Frequency":1,"StartDate":"2026-06-04","FinishDate":"2026-06-03",` + rest + `}`},
		{symptom: `TaskID cannot be "{0x7798c127,`, body: `{"TaskID":"{0x7798c127,0x7f74,0x40c6,{0x9b,0xd4,0xca,0xf4,0xbe,0x84,0xca,0x89}}","Frequency":1,` + rest + `}`},
		{symptom: "Parameters is not well-formed", body: `{` + entry + `,"Frequency":1,"Parameters":"{","ContentType":"application/json"}`},
		{symptom: "the task catalogue does not list", body: `{"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca80","Frequency":1,` + rest + `}`},
		{symptom: "If-Match cannot be", header: "If-Match", body: `{` + entry + `,"Frequency":1,` + rest + `}`},
		{symptom: "Idempotency-Key cannot be", header: "Idempotency-Key", body: `{` + entry + `,"Frequency":1,` + rest + `}`},
		{symptom: "validateOnly cannot be", query: "?validateOnly=x", body: `{` + entry + `,"Frequency":1,` + rest + `}`},
		{symptom: "Content-Encoding", header: "Content-Encoding", body: `{` + entry + `,"Frequency":1,` + rest + `}`},
	} {
		t.Run(test.symptom, func(t *testing.T) {
			if !strings.Contains(string(original.Page), test.symptom) {
				t.Errorf("the page does not name the symptom")
			}
			headers := []string{"Accept", "application/json"}
			if test.contentType != "" {
				headers = append(headers, "Content-Type", test.contentType)
			}
			if test.header != "" {
				headers = append(headers, test.header, "a b,c") // bad in each of the headers
			}
			answer := f.send(t, exchange{method: "PUT", target: demoAddress + test.query, headers: headers, body: test.body})
			reason := strings.ReplaceAll(answer.Body, `\"`, `"`)
			if answer.StatusCode < 400 || !strings.Contains(reason, test.symptom) {
				t.Errorf("got %d %s", answer.StatusCode, reason)
			}
		})
	}
}
