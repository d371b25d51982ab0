package wire_test

import (
	"bytes"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
	"accounttasks/internal/wire"
)

var updateGolden = flag.Bool("update", false, "write the answers to the golden files")

func tick(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		panic(err)
	}
	return t
}

// everything is a task with a value in every field.
func everything() *task.Task {
	return &task.Task{
		ID: uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9"),
		Definition: task.Definition{
			TaskID: uuid.MustParse("7798C127-7F74-40C6-9BD4-CAF4BE84CA89"), Frequency: task.FrequencyWeekly,
			StartDate: tick("2026-06-04T05:45:03.2625264+02:00"), FinishDate: tick("9999-12-31T23:59:59.9999999Z"),
			Parameters: `{"to":"all"}`, ContentType: task.ContentTypeJSON, Notification: task.NotificationOnFailure,
		},
		Name: "Send scheduled report", Enabled: true,
		DateCreated: tick("2026-01-01T00:00:00Z"), DateModified: tick("2026-06-04T03:45:03.25Z"),
		LastRunOn: tick("2026-06-03T00:00:00.0000001Z"), LastRunBy: "runner", LastModifiedBy: "demo.user",
		ClientID: uuid.MustParse("b8a82cbc-8926-4224-9def-9a9e2ad12ba2"),
		Revision: task.Revision{Version: 3, Token: "dG9rZW4"},
	}
}

// bare is a task of which nothing is known but what must be.
func bare() *task.Task {
	return &task.Task{
		ID:         uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9"),
		Definition: task.Definition{Parameters: "<a/>", ContentType: task.ContentTypeXML},
	}
}

// special is a task whose text needs care in one format or the other.
func special() *task.Task {
	t := everything()
	t.Name = `Tom & "Jerry" <b>'s</b> ]]> \ /`
	t.LastRunBy = "line\nline\r\nline\rtab\tend"
	t.Parameters = "{\"é\":\"😀\u2028\u2029\ufffd\u007f\"}"
	t.LastModifiedBy = "&amp; &lt; &#xD; <![CDATA[x]]>"
	return t
}

func failure(code task.Code, reason string) *task.Error {
	return &task.Error{Code: code, Reason: reason}
}

// noon is the time at which the answers are written.
var noon = tick("2026-06-04T12:00:00Z")

func detailOf(t *task.Task) *wire.Detail { return wire.TaskDetail(t, noon) }

// runs are one that has ended and one that has not.
func runs() []wire.Run {
	id := uuid.MustParse("5f1f5f0c-6f0b-4b7e-9a39-0d1c6a3f8e21")
	return []wire.Run{
		{RunID: id, Due: noon, Trigger: "SCHEDULE", StartedOn: noon, FinishedOn: noon, Outcome: "FAILED", Message: "<a> & \"b\"", Missed: 2},
		{RunID: id, Due: noon, Trigger: "MANUAL", StartedOn: noon, Outcome: "RUNNING"},
	}
}

var report = task.CatalogueEntry{ID: uuid.MustParse(reportID), Name: "Send <scheduled> report"}

var envelopes = map[string]wire.Envelope{
	"success":         {UserID: "demo.user", Detail: detailOf(everything())},
	"success-nulls":   {UserID: "demo.user", Detail: detailOf(bare())},
	"success-special": {UserID: `d&"<>'é`, Detail: detailOf(special())},

	"tasks":           {Shape: wire.ShapeTasks, UserID: "demo.user", Detail: wire.TasksDetail([]task.Task{*everything(), *bare()}, noon, false)},
	"tasks-summary":   {Shape: wire.ShapeTasks, UserID: "demo.user", Detail: wire.TasksDetail([]task.Task{*everything()}, noon, true)},
	"tasks-none":      {Shape: wire.ShapeTasks, UserID: "demo.user", Detail: wire.TasksDetail(nil, noon, false)},
	"tasks-forbidden": {Shape: wire.ShapeTasks, UserID: "demo.user", Failure: failure(task.CodeForbidden, "The token does not grant it.")},
	"catalogue":       {Shape: wire.ShapeCatalogue, UserID: "demo.user", Detail: wire.CatalogueDetail([]task.CatalogueEntry{report})},
	"runs":            {Shape: wire.ShapeRuns, UserID: "demo.user", Detail: wire.RunsDetail(runs())},
	"dates":           {Shape: wire.ShapeDates, UserID: "demo.user", Detail: wire.DatesDetail([]time.Time{noon, noon.Add(time.Hour)})},
	"client":          {Shape: wire.ShapeClient, UserID: "demo.user", Detail: wire.ClientDetail("demo-2", "second", `a<b"c`, uuid.MustParse(reportID))},
	"empty":           {Shape: wire.ShapeEmpty, UserID: "demo.user", Detail: wire.EmptyDetail()},
	"empty-refused":   {Shape: wire.ShapeEmpty, UserID: "demo.user", Failure: failure(task.CodeTaskNotFound, "There is no such task.")},

	"malformed-body":         {UserID: "demo.user", Failure: failure(task.CodeMalformedBody, "The body is required: send an AccountTaskUpdateRequest.")},
	"invalid-request":        {UserID: "demo.user", Failure: failure(task.CodeInvalidRequest, `TaskID cannot be "<a>&\"": send a GUID.`+"\r\nLine two.")},
	"unknown-task":           {UserID: "demo.user", Failure: failure(task.CodeUnknownTask, "The catalogue does not list it.")},
	"unauthorized":           {Failure: failure(task.CodeUnauthorized, "The request carries no identity.")},
	"forbidden":              {UserID: "demo.user", Failure: failure(task.CodeForbidden, "The token does not grant it.")},
	"task-not-found":         {UserID: "demo.user", Failure: failure(task.CodeTaskNotFound, "There is no such task.")},
	"route-not-found":        {Failure: failure(task.CodeRouteNotFound, "There is nothing at this path.")},
	"method-not-allowed":     {Failure: failure(task.CodeMethodNotAllowed, "This path does not take GET.")},
	"precondition-failed":    {UserID: "demo.user", Detail: detailOf(everything()), Failure: failure(task.CodePreconditionFailed, "The task has changed.")},
	"payload-too-large":      {UserID: "demo.user", Failure: failure(task.CodePayloadTooLarge, "The body is too large.")},
	"unsupported-media-type": {UserID: "demo.user", Failure: failure(task.CodeUnsupportedMediaType, "Content-Type is required.")},
	"idempotency-key-reused": {UserID: "demo.user", Failure: failure(task.CodeIdempotencyKeyReused, "The key was used.")},
	"too-many-requests":      {UserID: "demo.user", Failure: failure(task.CodeTooManyRequests, "The table is busy.")},
	"unavailable":            {UserID: "demo.user", Failure: failure(task.CodeUnavailable, "The table did not answer.")},
	"internal-error":         {UserID: "demo.user", Failure: failure(task.CodeInternalError, "An internal error occurred.")},
}

// TestEnvelopes compares every answer, byte by byte, with its golden file; go test -update writes them.
func TestEnvelopes(t *testing.T) {
	for name, envelope := range envelopes {
		for _, extension := range []string{"json", "xml"} {
			file := name + "." + extension
			t.Run(file, func(t *testing.T) {
				got := envelope.Write(wire.Negotiate(http.Header{"Accept": {"application/" + extension}}))
				golden := filepath.Join("testdata", "envelopes", file)
				if *updateGolden {
					if err := os.WriteFile(golden, got, 0o644); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(golden)
				if err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(got, want) {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

func TestEveryGoldenEnvelopeIsTested(t *testing.T) {
	files, err := os.ReadDir(filepath.Join("testdata", "envelopes"))
	if err != nil {
		t.Fatal(err)
	}
	if got, want := len(files), 2*len(envelopes); got != want {
		t.Errorf("got %d golden files, want %d", got, want)
	}
}

func TestTextFormatsAreWrittenLikeTheOthers(t *testing.T) {
	for accept, like := range map[string]string{"text/json": "application/json", "text/xml": "application/xml"} {
		got := envelopes["success"].Write(wire.Negotiate(http.Header{"Accept": {accept}}))
		want := envelopes["success"].Write(wire.Negotiate(http.Header{"Accept": {like}}))
		if !bytes.Equal(got, want) {
			t.Errorf("%s: got\n%s\nwant\n%s", accept, got, want)
		}
	}
}

// TestForeignTextIsStillAnswered answers an item that holds what neither format can carry as it is.
func TestForeignTextIsStillAnswered(t *testing.T) {
	e := wire.Envelope{Detail: detailOf(&task.Task{Name: "a\x01b\uFFFEc\xFFd"})}
	body := e.Write(wire.Negotiate(http.Header{"Accept": {"application/xml"}}))
	if err := wellformed.XML(string(body)); err != nil || !bytes.Contains(body, []byte("<Name>a\uFFFDb\uFFFDc\uFFFDd</Name>")) {
		t.Errorf("got %s, %v", body, err)
	}
	body = e.Write(wire.JSON)
	if err := wellformed.JSON(string(body)); err != nil || !bytes.Contains(body, []byte(`"Name":"a\u0001b`+"\uFFFEc")) {
		t.Errorf("got %s, %v", body, err)
	}
}
