package wire_test

import (
	"flag"
	"os"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// TestMain has every property tried 2,000 times, under the race detector 500 times; the flag -rapid.checks changes it.
func TestMain(m *testing.M) {
	if err := flag.Set("rapid.checks", strconv.Itoa(checks)); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// meaning is what a draft says, however it was written.
type meaning struct {
	enabled               string
	definition            task.Definition // without its dates
	startDate, finishDate string
	forgotten             string // the required fields that were not sent
}

// The names of the bodies that are made of a task's fields.
const (
	updateRequest = "AccountTaskUpdateRequest"
	registration  = "AccountTaskRequest"
)

// readAs reads a body as the request of that name.
func readAs(name string, b body) (task.RequestBody, error) {
	sent := wire.Body{Bytes: b.bytes, ContentType: b.contentType}
	if name == registration {
		return wire.ReadRegistration(sent)
	}
	d, err := wire.ReadUpdate(sent)
	return d.RequestBody, err
}

var required = []task.Field{task.FieldTaskID, task.FieldFrequency, task.FieldParameters, task.FieldContentType}

func meaningOf(d task.RequestBody, sent func(task.Field) bool) meaning {
	m := meaning{
		enabled: "kept", definition: d.Definition,
		startDate: task.FormatDate(d.StartDate), finishDate: task.FormatDate(d.FinishDate),
	}
	m.definition.StartDate, m.definition.FinishDate = time.Time{}, time.Time{}
	if d.Enabled != nil {
		m.enabled = strconv.FormatBool(*d.Enabled)
	}
	for _, f := range required {
		if !sent(f) {
			m.forgotten += f.String() + " "
		}
	}
	return m
}

func TestARequestMeansTheSameInEveryFormat(t *testing.T) {
	t.Parallel()
	formats := []func(*rapid.T, update) body{jsonBody, xmlBody, formBody}
	rapid.Check(t, func(t *rapid.T) {
		u := drawUpdate(t)
		want := meaningOf(u.RequestBody, func(f task.Field) bool { return !u.missing[f] })
		for _, write := range formats {
			b := write(t, u)
			d, err := readAs(u.request, b)
			if err == nil {
				err = d.Problems.Err()
			}
			if err != nil {
				t.Fatalf("%q as %s was refused: %v", b.bytes, b.contentType, err)
			}
			if got := meaningOf(d, d.Sent); got != want {
				t.Fatalf("%q as %s\nwas read as %+v,\nwant        %+v", b.bytes, b.contentType, got, want)
			}
		}
	})
}

func TestAnAnswerReadsBackAsTheTask(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want, now, user := drawTask(t), dates.Draw(t, "now"), texts.Draw(t, "user")
		for _, format := range []wire.Format{asJSON, asXML} {
			written := wire.Envelope{Detail: wire.TaskDetail(&want, now), UserID: user}.Write(format)
			read, err := readAnswer(format, written)
			if err != nil {
				t.Fatalf("%s does not read: %v", written, err)
			}
			got, err := read.ResponseData.Detail.task()
			if err != nil {
				t.Fatalf("%s: %v", written, err)
			}
			if got != want {
				t.Fatalf("%s\nreads back as %+v,\nwant          %+v", written, got, want)
			}
			if got, want := read.ResponseData.Identification.UserID, user; got != want {
				t.Fatalf("the user %q reads back as %q", want, got)
			}
			if got, want := read.ResponseData.Detail.Status, string(want.Status(now)); got != want {
				t.Fatalf("the status %s reads back as %s", want, got)
			}
		}
	})
}

func TestARefusalReadsBackAsItsReason(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := &task.Error{Code: task.CodeInvalidRequest, Reason: texts.Draw(t, "reason")}
		for _, format := range []wire.Format{asJSON, asXML} {
			written := wire.Envelope{Failure: want}.Write(format)
			read, err := readAnswer(format, written)
			if err != nil {
				t.Fatalf("%s does not read: %v", written, err)
			}
			if got := read.Error; got.ErrorCode != string(want.Code) || got.ErrorReason != want.Reason || read.ResponseData.Detail != nil {
				t.Fatalf("%s reads back as %+v, want %+v", written, read, want)
			}
		}
	})
}
