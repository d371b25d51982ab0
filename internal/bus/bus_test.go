package bus_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/google/uuid"

	"accounttasks/internal/bus"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/run"
)

// entry is one event as EventBridge gets it.
type entry struct{ EventBusName, Source, DetailType, Detail string }

// eventBridge answers the requests with these documents, one after the other, and keeps what it got.
type eventBridge struct {
	answers []string
	got     []entry
}

func (b *eventBridge) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct{ Entries []entry }
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil || r.Header.Get("X-Amz-Target") != "AWSEvents.PutEvents" {
		http.Error(w, "not PutEvents", http.StatusBadRequest)
		return
	}
	b.got = append(b.got, request.Entries...)
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	answer := b.answers[0]
	if len(b.answers) > 1 {
		b.answers = b.answers[1:]
	}
	_, _ = w.Write([]byte(answer))
}

const (
	taken   = `{"FailedEntryCount":0,"Entries":[{"EventId":"1"}]}`
	refused = `{"FailedEntryCount":1,"Entries":[{"ErrorCode":"ThrottlingException","ErrorMessage":"of {\"a\":1}"}]}`
)

// send sends an event to a bus that answers so.
func send(t *testing.T, e run.Event, answers ...string) ([]entry, error) {
	t.Helper()
	b := &eventBridge{answers: answers}
	err := b.start(t).Due(t.Context(), e)
	return b.got, err
}

// start serves the bus.
func (b *eventBridge) start(t *testing.T) *bus.Bus {
	t.Helper()
	server := httptest.NewServer(b)
	t.Cleanup(server.Close)
	config := aws.Config{Region: "eu-west-1", Credentials: aws.AnonymousCredentials{}}
	return bus.New(config, func(string) string { return server.URL }, "tasks")
}

func event() run.Event {
	parameters, contentType := `<a b="ü">&amp;</a>`, "application/xml"
	return run.Event{
		RunID: uuid.MustParse("11111111-2222-4333-8444-555555555555"), AccountID: "account", ID: uuid.MustParse("a23b4ff9-5d7e-4603-b937-6e1f724316b9"),
		TaskID: uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89"), Name: "Send scheduled report",
		Due: time.Date(2026, time.June, 4, 3, 45, 3, 254_529_700, time.UTC), Trigger: run.TriggerSchedule, Missed: 2,
		Parameters: &parameters, ContentType: &contentType, User: run.Scheduler,
	}
}

func TestAnEventIsPutAsItIsPublished(t *testing.T) {
	got, err := send(t, event(), taken)
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d entries and the error %v, want one entry", len(got), err)
	}
	want := entry{"tasks", "accounttasks", "Account Task Due",
		`{"version":1,"runId":"11111111-2222-4333-8444-555555555555","account":"account","id":"a23b4ff9-5d7e-4603-b937-6e1f724316b9",` +
			`"taskId":"7798c127-7f74-40c6-9bd4-caf4be84ca89","name":"Send scheduled report","due":"2026-06-04T03:45:03.2545297+00:00",` +
			`"trigger":"SCHEDULE","missed":2,"parameters":"<a b=\"ü\">&amp;</a>","contentType":"application/xml","user":"scheduler"}`}
	if got[0] != want {
		t.Errorf("got %+v\nwant %+v", got[0], want)
	}
	if err := openapitest.ValidateSentEvent(got[0].DetailType, got[0].Detail); err != nil {
		t.Errorf("%s: %v", got[0].Detail, err)
	}
}

func TestLargeParametersAreLeftOut(t *testing.T) {
	e := event()
	e.Parameters, e.ContentType = nil, nil
	got, err := send(t, e, taken)
	if err != nil || strings.Contains(got[0].Detail, "arameters") || strings.Contains(got[0].Detail, "contentType") {
		t.Errorf("got %+v and the error %v, want neither parameters nor contentType", got, err)
	}
	if err := openapitest.ValidateSentEvent(got[0].DetailType, got[0].Detail); err != nil {
		t.Errorf("%s: %v", got[0].Detail, err)
	}
}

func TestARefusedEventIsPutAgain(t *testing.T) {
	if got, err := send(t, event(), refused, taken); err != nil || len(got) != 2 {
		t.Errorf("got %d entries and the error %v, want two", len(got), err)
	}
}

func TestAnEventThatStaysRefusedIsAnErrorWithoutItsContents(t *testing.T) {
	got, err := send(t, event(), refused)
	if err == nil || len(got) != 3 || strings.Contains(err.Error(), `{"a":1}`) || !strings.Contains(err.Error(), "ThrottlingException") {
		t.Errorf("got %d entries and the error %v, want three and an error that names the code alone", len(got), err)
	}
}

func TestARefusedRequestIsAnErrorWithoutTheEvent(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/x-amz-json-1.1")
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"__type":"ValidationException","message":"the value '<a/>' at 'entries.1.member.detail' is wrong"}`))
	}))
	t.Cleanup(server.Close)
	config := aws.Config{Region: "eu-west-1", Credentials: aws.AnonymousCredentials{}}
	b := bus.New(config, func(string) string { return server.URL }, "tasks")
	for name, err := range map[string]error{"Due": b.Due(t.Context(), event()), "Notify": b.Notify(t.Context(), run.Stored{})} {
		if err == nil || strings.Contains(err.Error(), "<a/>") || !strings.Contains(err.Error(), "ValidationException") {
			t.Errorf("%s: got the error %v, want one that names the code alone", name, err)
		}
	}
}
