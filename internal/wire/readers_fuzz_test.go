package wire_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/verify/observed"
	"accounttasks/internal/wellformed"
	"accounttasks/internal/wire"
)

func FuzzReadJSON(f *testing.F) { fuzzReader(f, "application/json", "json", "body") }
func FuzzReadXML(f *testing.F)  { fuzzReader(f, "application/xml", "xml", "body") }
func FuzzReadForm(f *testing.F) { fuzzReader(f, "application/x-www-form-urlencoded", "form") }

// fuzzReader starts from the observed requests of some groups. Whatever a body holds, it is refused with
// reasons, or it is an update that every format can say again and every answer can tell.
func fuzzReader(f *testing.F, mediaType string, groups ...string) {
	for _, r := range observed.Requests(f) {
		if slices.Contains(groups, r.Group) {
			f.Add(r.Body, strings.Contains(r.Headers["Content-Type"], "utf-16"))
		}
	}
	f.Fuzz(func(t *testing.T, body []byte, isUTF16 bool) {
		contentType := mediaType
		if isUTF16 {
			contentType += "; charset=utf-16"
		}
		d, err := wire.ReadUpdate(wire.Body{Bytes: body, ContentType: contentType})
		if !isUTF16 {
			checkRegistered(t, body, contentType, d, err)
		}
		if err == nil {
			err = d.Problems.Err()
		}
		if err != nil {
			checkReason(t, err)
			return
		}
		checkRewritten(t, d)
		checkAnswered(t, d)
	})
}

// checkRegistered reads the body as that of a registration: what an update says in it, a registration says under its
// own name.
func checkRegistered(t *testing.T, body []byte, contentType string, d task.UpdateRequest, refused error) {
	t.Helper()
	if bytes.Contains(body, []byte(registration)) {
		return
	}
	renamed := bytes.ReplaceAll(body, []byte(updateRequest), []byte(registration))
	r, err := wire.ReadRegistration(wire.Body{Bytes: renamed, ContentType: contentType})
	if (err == nil) != (refused == nil) || len(r.Problems) != len(d.Problems) {
		t.Fatalf("%q\nas an update: %v, %v\nas a registration: %v, %v", body, refused, d.Problems, err, r.Problems)
	}
	if err != nil {
		checkReason(t, err)
		return
	}
	if bytes.Contains(body, []byte(updateRequest)) && strings.Contains(d.Parameters+d.ContentType, updateRequest) {
		return // the name is a part of the text, too
	}
	if got, want := meaningOf(r, r.Sent), meaningOf(d.RequestBody, d.Sent); got != want {
		t.Errorf("%q\nmeans %+v as an update\nand   %+v as a registration", body, want, got)
	}
}

// reasonLimit is more than the sentences on all eight fields of a body need.
const reasonLimit = 3000

// checkReason reports whether a refusal has a reason that any answer can carry.
func checkReason(t *testing.T, err error) {
	t.Helper()
	var refused *task.Error
	if !errors.As(err, &refused) {
		t.Fatalf("%v is not a refusal: it would be answered as an internal error", err)
	}
	if refused.Code != task.CodeMalformedBody && refused.Code != task.CodeInvalidRequest {
		t.Errorf("refused with %s", refused.Code)
	}
	if r, found := wellformed.ForbiddenInXML(refused.Reason); found {
		t.Errorf("the reason %q has %U, which no answer in XML can carry", refused.Reason, r)
	}
	if !strings.HasSuffix(refused.Reason, ".") || len(refused.Reason) > reasonLimit {
		t.Errorf("the reason %q (%d bytes) is not a sentence for an answer", refused.Reason, len(refused.Reason))
	}
}

// checkRewritten writes a draft plainly in every format that can carry it, and reads it again.
func checkRewritten(t *testing.T, d task.UpdateRequest) {
	t.Helper()
	want := meaningOf(d.RequestBody, d.Sent)
	for contentType, body := range plainBodies(d) {
		again, err := wire.ReadUpdate(wire.Body{Bytes: []byte(body), ContentType: contentType})
		if err == nil {
			err = again.Problems.Err()
		}
		if got := meaningOf(again.RequestBody, again.Sent); err != nil || got != want {
			t.Errorf("%+v\nwritten as %s %q reads as\n%+v, %v", want, contentType, body, got, err)
		}
	}
}

// checkAnswered has the task that the update makes told in every format that can carry it.
func checkAnswered(t *testing.T, d task.UpdateRequest) {
	t.Helper()
	want := task.Task{ID: uuid.Max, Definition: d.Definition, Enabled: d.Enabled != nil && *d.Enabled}
	formats := []wire.Format{asJSON}
	if _, found := wellformed.ForbiddenInXML(d.Parameters + d.ContentType); !found {
		formats = append(formats, asXML)
	}
	for _, format := range formats {
		written := wire.Envelope{Detail: wire.TaskDetail(&want, time.Time{})}.Write(format)
		read, err := readAnswer(format, written)
		if err != nil {
			t.Fatalf("%q does not read: %v", written, err)
		}
		if got, err := read.ResponseData.Detail.task(); err != nil || got != want {
			t.Errorf("%q\nreads back as %+v, %v\nwant          %+v", written, got, err, want)
		}
	}
}
