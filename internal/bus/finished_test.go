package bus_test

import (
	"encoding/json"
	"strings"
	"testing"

	"accounttasks/internal/bus"
	"accounttasks/internal/openapi/openapitest"
	"accounttasks/internal/run"
)

// report is the detail of a report with changes: members by name, as JSON. An empty text removes a member.
func report(t *testing.T, changes map[string]string) string {
	t.Helper()
	members := map[string]json.RawMessage{
		"version": []byte(`1`), "runId": []byte(`"11111111-2222-4333-8444-555555555555"`), "account": []byte(`"account"`),
		"id": []byte(`"a23b4ff9-5d7e-4603-b937-6e1f724316b9"`), "due": []byte(`"2026-06-04T03:45:03.2545297+00:00"`),
		"outcome": []byte(`"SUCCESS"`), "message": []byte(`"Sent."`),
	}
	for name, value := range changes {
		members[name] = json.RawMessage(value)
		if value == "" {
			delete(members, name)
		}
	}
	written, err := json.Marshal(members)
	if err != nil {
		t.Fatal(err)
	}
	return string(written)
}

func read(detail string) (run.Report, error) {
	return bus.ReadReport(bus.Envelope{ID: "event", DetailType: bus.TaskFinished, Source: "worker", Detail: json.RawMessage(detail)})
}

func TestAReportIsReadAsItIsPublished(t *testing.T) {
	got, err := read(report(t, nil))
	e := event()
	want := run.Report{
		Key:     run.Key{Ref: run.Ref{AccountID: "account", ID: e.ID}, Position: run.Position{Due: e.Due, RunID: e.RunID}},
		Outcome: run.OutcomeSuccess, Message: "Sent.",
	}
	if err != nil || got != want {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

// TestReportsAreTakenAsTheSchemaSays holds the reader and the published schema against each other.
func TestReportsAreTakenAsTheSchemaSays(t *testing.T) {
	const taken = ""
	for _, test := range []struct {
		name    string
		changes map[string]string
		problem string // the member that the error names
	}{
		{"no version", map[string]string{"version": ""}, taken},
		{"a version to come", map[string]string{"version": `2`}, "version"},
		{"a version as text", map[string]string{"version": `"1"`}, "version"},
		{"no run", map[string]string{"runId": ""}, "runId"},
		{"a run that is null", map[string]string{"runId": `null`}, "runId"},
		{"a run without hyphens", map[string]string{"runId": `"11111111222243338444555555555555"`}, "runId"},
		{"a run in braces", map[string]string{"runId": `"{11111111-2222-4333-8444-555555555555}"`}, "runId"},
		{"a run in capitals", map[string]string{"runId": `"AAAAAAAA-2222-4333-8444-555555555555"`}, taken},
		{"an account that is a number", map[string]string{"account": `42`}, "account"},
		{"an account with a part of a key", map[string]string{"account": `"a#TASK"`}, "account"},
		{"an empty account", map[string]string{"account": `""`}, "account"},
		{"no task", map[string]string{"id": ""}, "id"},
		{"a task that is not a GUID", map[string]string{"id": `"a23b4ff9"`}, "id"},
		{"a due time of another offset", map[string]string{"due": `"2026-06-04T05:45:03.2545297+02:00"`}, taken},
		{"a due time with too many digits", map[string]string{"due": `"2026-06-04T03:45:03.25452971+00:00"`}, "due"},
		{"a due time without an offset", map[string]string{"due": `"2026-06-04T03:45:03"`}, "due"},
		{"a due time that is a number", map[string]string{"due": `1780544703`}, "due"},
		{"no outcome", map[string]string{"outcome": ""}, "outcome"},
		{"an outcome in small letters", map[string]string{"outcome": `"success"`}, "outcome"},
		{"an outcome that workers do not report", map[string]string{"outcome": `"RUNNING"`}, "outcome"},
		{"no message", map[string]string{"message": ""}, taken},
		{"a message that is null", map[string]string{"message": `null`}, taken},
		{"a message that is an object", map[string]string{"message": `{"text":"secret"}`}, "message"},
		{"a message of several lines", map[string]string{"message": `"a\r\n\tb"`}, taken},
		{"a message with a control character", map[string]string{"message": `"a\u0007b"`}, "message"},
		{"a message with a control character beyond ASCII", map[string]string{"message": `"a\u0085b"`}, "message"},
		{"a message that XML cannot carry", map[string]string{"message": `"a\uffffb"`}, "message"},
		{"the longest message", map[string]string{"message": `"` + strings.Repeat("ü", 1000) + `"`}, taken},
		{"a longer one", map[string]string{"message": `"` + strings.Repeat("a", 1001) + `"`}, "message"},
		{"names in capitals are other members", map[string]string{"runId": "", "RUNID": `"11111111-2222-4333-8444-555555555555"`}, "runId"},
		{"further members", map[string]string{"attempt": `2`, "parameters": `"secret"`}, taken},
	} {
		detail := report(t, test.changes)
		_, err := read(detail)
		if test.problem == taken && err != nil || test.problem != taken && (err == nil || !strings.HasPrefix(err.Error(), test.problem+" must be ")) {
			t.Errorf("%s: got the error %v, want one about %q", test.name, err, test.problem)
		}
		if valid := openapitest.ValidateEvent(bus.TaskFinished, detail); (valid == nil) != (err == nil) {
			t.Errorf("%s: the schema says %v, and the reader %v", test.name, valid, err)
		}
	}
}

func TestAllThatIsWrongWithAReportIsNamedAndNotRepeated(t *testing.T) {
	_, err := read(report(t, map[string]string{
		"version": `9`, "runId": `"secret"`, "account": `"secret!"`, "id": `"secret"`, "due": `"secret"`, "outcome": `"secret"`, "message": `["secret"]`,
	}))
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Fatalf("got the error %v, want one without what was sent", err)
	}
	for _, name := range []string{"version", "runId", "account", "id", "due", "outcome", "message"} {
		if !strings.Contains(err.Error(), name+" must be ") {
			t.Errorf("got the error %v, want %s named", err, name)
		}
	}
}

func TestAReportThatIsRefusedSaysWhichRunItMeans(t *testing.T) {
	got, err := read(report(t, map[string]string{"account": `"secret!"`, "runId": `"{11111111-2222-4333-8444-555555555555}"`, "outcome": `"secret"`}))
	want := run.Report{Key: run.Key{Ref: run.Ref{ID: event().ID}, Position: run.Position{Due: event().Due}}, Message: "Sent."}
	if err == nil || got != want {
		t.Errorf("got %+v, %v, want the members that are right and no others", got, err)
	}
}

func TestWhatIsNoReportIsRefused(t *testing.T) {
	for _, e := range []bus.Envelope{
		{DetailType: bus.TaskDue, Detail: json.RawMessage(report(t, nil))},
		{DetailType: bus.TaskFinished},
		{DetailType: bus.TaskFinished, Detail: json.RawMessage(`null`)},
		{DetailType: bus.TaskFinished, Detail: json.RawMessage(`["secret"]`)},
	} {
		if _, err := bus.ReadReport(e); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s %s: got the error %v, want one without what was sent", e.DetailType, e.Detail, err)
		}
	}
}
