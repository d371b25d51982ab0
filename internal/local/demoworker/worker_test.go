package demoworker_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"accounttasks/internal/local/demoworker"
)

// inbox is a Bus that keeps the reports. It refuses the first ones.
type inbox struct {
	mu       sync.Mutex
	refusals int
	reports  []demoworker.Report
}

func (i *inbox) Put(_ context.Context, r demoworker.Report) error {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.refusals > 0 {
		i.refusals--
		return errors.New("throttled")
	}
	i.reports = append(i.reports, r)
	return nil
}

// event is the event of a run. Without parameters it is that of a task whose Parameters are too large.
func event(t *testing.T, runID string, parameters *string) []byte {
	t.Helper()
	detail := map[string]any{"runId": runID, "account": "account", "id": "task", "taskId": "entry", "name": "Send report", "due": "2026-06-04T12:00:00+00:00"}
	if parameters != nil {
		detail["parameters"] = *parameters
	}
	document, err := json.Marshal(map[string]any{"detail-type": "Account Task Due", "detail": detail})
	if err != nil {
		t.Fatal(err)
	}
	return document
}

func TestARunIsWorkedOnceAndReported(t *testing.T) {
	var bus inbox
	var out strings.Builder
	w := demoworker.New(&bus, &out)
	parameters := `{"report":"usage"}`
	for range 2 {
		if err := w.Take(t.Context(), event(t, "r", &parameters)); err != nil {
			t.Fatal(err)
		}
	}
	want := demoworker.Report{Version: 1, RunID: "r", Account: "account", ID: "task", Due: "2026-06-04T12:00:00+00:00",
		Outcome: "SUCCESS", Message: "18 bytes of Parameters were processed."}
	if !slices.Equal(bus.reports, []demoworker.Report{want, want}) {
		t.Errorf("got the reports %+v, want the same one twice", bus.reports)
	}
	const lines = "WORK Send report  run r did its work: 18 bytes of Parameters were processed.\nWORK Send report  run r reported SUCCESS\n" +
		"WORK Send report  run r came again; its work is not done again\nWORK Send report  run r reported SUCCESS\n"
	if out.String() != lines {
		t.Errorf("got\n%s\nwant\n%s", out.String(), lines)
	}
}

func TestARunWhoseEventComesTwiceAtOnceIsWorkedOnce(t *testing.T) {
	var bus inbox
	var out strings.Builder
	w := demoworker.New(&bus, &out)
	document := event(t, "r", nil)
	var both sync.WaitGroup
	for range 2 {
		both.Go(func() {
			if err := w.Take(t.Context(), document); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if got := strings.Count(out.String(), "did its work"); got != 1 || len(bus.reports) != 2 {
		t.Errorf("the work was done %d times and reported %d times, want once and twice", got, len(bus.reports))
	}
}

func TestParametersThatSayFailFail(t *testing.T) {
	for parameters, want := range map[string]string{
		`{"fail":true}`: "FAILED", `"fail"`: "FAILED", `["a","fail"]`: "FAILED", `<job><fail/></job>`: "FAILED", `<job mode="fail"/>`: "FAILED",
		`{"failures":0}`: "SUCCESS", `{"failover":"eu-west-1"}`: "SUCCESS", `{}`: "SUCCESS",
	} {
		var bus inbox
		if err := demoworker.New(&bus, &strings.Builder{}).Take(t.Context(), event(t, "r", &parameters)); err != nil {
			t.Fatal(err)
		}
		if got := bus.reports[0]; got.Outcome != want || got.Message == "" {
			t.Errorf("%s: got %+v, want %s with a message", parameters, got, want)
		}
	}
}

func TestAReportThatTheBusRefusesIsMadeAgain(t *testing.T) {
	bus := inbox{refusals: 1}
	var out strings.Builder
	w := demoworker.New(&bus, &out)
	for n, want := range []bool{true, false} {
		if err := w.Take(t.Context(), event(t, "r", nil)); (err != nil) != want {
			t.Errorf("attempt %d: got %v, want an error: %t", n, err, want)
		}
	}
	if strings.Count(out.String(), "did its work") != 1 || len(bus.reports) != 1 {
		t.Errorf("got %d reports and\n%s\nwant the work once and one report", len(bus.reports), out.String())
	}
}

func TestTheWorkerPrintsNeitherParametersNorControlCharacters(t *testing.T) {
	var bus inbox
	var out strings.Builder
	parameters := "s3cr3t"
	document := strings.Replace(string(event(t, "r", &parameters)), "Send report", `\u001b[2J`, 1)
	if err := demoworker.New(&bus, &out).Take(t.Context(), []byte(document)); err != nil {
		t.Fatal(err)
	}
	if got := out.String() + fmt.Sprint(bus.reports); strings.Contains(got, "s3cr3t") || strings.Contains(got, "\x1b") {
		t.Errorf("got %q", got)
	}
}

func TestAnEventThatIsNotReadableIsAnError(t *testing.T) {
	if err := demoworker.New(&inbox{}, &strings.Builder{}).Take(t.Context(), []byte("[")); err == nil {
		t.Error("got no error")
	}
}
