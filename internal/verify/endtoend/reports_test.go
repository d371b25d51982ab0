package endtoend_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"accounttasks/internal/local/stack"
)

// taken is what a worker knows of a run.
type taken struct{ RunID, Account, ID, Due string }

// workerOf is a worker that takes every run and reports none by itself.
func workerOf(t *testing.T) (address string, runs chan taken) {
	t.Helper()
	runs = make(chan taken, 100)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var event struct{ Detail taken }
		if err := json.NewDecoder(r.Body).Decode(&event); err != nil {
			t.Error(err)
		}
		runs <- event.Detail
	}))
	t.Cleanup(server.Close)
	return server.URL, runs
}

// detail is that of a report of the run, with other members in place of its own. A nil member is left out.
func (r taken) detail(others map[string]any) map[string]any {
	members := map[string]any{"runId": r.RunID, "account": r.Account, "id": r.ID, "due": r.Due, "outcome": "SUCCESS"}
	maps.Copy(members, others)
	maps.DeleteFunc(members, func(_ string, value any) bool { return value == nil })
	return members
}

// report puts a report on the bus, as a worker in any language can. It returns the event's id.
func (c client) report(detail any) (eventID string) {
	c.t.Helper()
	written, err := json.Marshal(detail)
	if err != nil {
		c.t.Fatal(err)
	}
	request, err := json.Marshal(map[string]any{"Entries": []map[string]string{{
		"EventBusName": "local", "Source": "hostile", "DetailType": "Account Task Finished", "Detail": string(written),
	}}})
	if err != nil {
		c.t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.stack.BusEndpoint(), strings.NewReader(string(request)))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("X-Amz-Target", "AWSEvents.PutEvents")
	got := c.read(http.DefaultClient.Do(r))
	var answer struct{ Entries []struct{ EventID string } }
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || len(answer.Entries) != 1 || answer.Entries[0].EventID == "" {
		c.t.Fatalf("got %d %s, want the id of an event", got.StatusCode, got.body)
	}
	return answer.Entries[0].EventID
}

// reception waits for the record of an event's report and returns what it was. The bus may deliver the event twice at
// once: if the report was accepted, that is what it was, even if the other delivery has left its record before.
func (l lines) reception(eventID string, accepted bool) string {
	for line := range l {
		var record struct{ Message, Event, Reception string }
		if json.Unmarshal([]byte(line), &record) == nil && record.Message == "report" && record.Event == eventID &&
			(record.Reception != "repeated" || !accepted) {
			return record.Reception
		}
	}
	return ""
}

// TestHostileReportsDoNotChangeARun has a worker that doubles, contradicts and garbles its reports, and that reports runs
// which are not its own.
func TestHostileReportsDoNotChangeARun(t *testing.T) {
	address, runs := workerOf(t)
	printed, out := make(lines, 10_000), &output{}
	c := start(t, func(config *stack.Config) { config.Worker, config.Output = address, io.MultiWriter(printed, out) })
	c.put(demoTask, strings.Replace(update(`"s3cr3t"`), "{", `{"Notification":"ALWAYS",`, 1)).mustBe(t, 200, "")
	c.send("POST", "/api/v1/admin/tasks/account/run?id="+demoTask, "").mustBe(t, 200, "")
	run := <-runs
	if got := c.runs(demoTask); len(got) != 1 || got[0].Outcome != "RUNNING" || got[0].RunID != run.RunID {
		t.Fatalf("got %+v, want the open run %s", got, run.RunID)
	}
	const otherAccount = "22222222-2222-4222-8222-222222222222"
	for _, test := range []struct {
		name   string
		detail any
		want   string
	}{
		{"another outcome than two", run.detail(map[string]any{"outcome": "DONE"}), "refused"},
		{"no outcome", run.detail(map[string]any{"outcome": nil}), "refused"},
		{"a long message", run.detail(map[string]any{"message": strings.Repeat("wh1sper", 200)}), "refused"},
		{"a message with an escape", run.detail(map[string]any{"message": "wh1sper\x1b[2J"}), "refused"},
		{"a key in place of an account", run.detail(map[string]any{"account": "a#b"}), "refused"},
		{"nothing at all", map[string]any{}, "refused"},
		{"another account's run", run.detail(map[string]any{"account": otherAccount}), "unknown"},
		{"another task's run", run.detail(map[string]any{"id": secondTask}), "unknown"},
		{"another due time", run.detail(map[string]any{"due": "2026-06-04T12:00:00+00:00"}), "unknown"},
		{"the first good report", run.detail(map[string]any{"outcome": "FAILED", "message": "wh1sper"}), "accepted"},
		{"the same again", run.detail(map[string]any{"outcome": "FAILED", "message": "another wh1sper"}), "repeated"},
		{"the contrary", run.detail(nil), "contradicting"},
	} {
		if got := printed.reception(c.report(test.detail), test.want == "accepted"); got != test.want {
			t.Errorf("%s: the report was %s, want %s", test.name, got, test.want)
		}
	}
	want := ranTask{RunID: run.RunID, Trigger: "MANUAL", Outcome: "FAILED", Message: "wh1sper"}
	if got := c.runs(demoTask); len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	c.stack.Close()
	if got := strings.Count(out.String(), "TELL "); got != 1 {
		t.Errorf("got %d notifications, want one", got)
	}
	for _, secret := range []string{"s3cr3t", "wh1sper"} {
		if strings.Contains(out.String(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}
