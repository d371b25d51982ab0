package endtoend_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/local/stack"
)

// lines sends each line that the stack prints.
type lines chan string

// Write expects whole lines. It drops a line if no test reads it.
func (l lines) Write(p []byte) (int, error) {
	for line := range strings.SplitSeq(string(p), "\n") {
		select {
		case l <- line:
		default:
		}
	}
	return len(p), nil
}

// run waits for the line of a task's next run.
func (l lines) run(id string) string {
	for line := range l {
		if strings.HasPrefix(line, "RUN ") && strings.Contains(line, "task "+id) {
			return line
		}
	}
	return ""
}

// TestTasksRun checks a run that a caller requests, and the scheduled run of another task.
func TestTasksRun(t *testing.T) {
	printed := make(lines, 10_000)
	c := start(t, func(config *stack.Config) { config.Tick, config.Output = 50*time.Millisecond, printed })
	c.send("POST", "/api/v1/admin/tasks/account/run?id="+demoTask, "").mustBe(t, 200, "")
	if line := printed.run(demoTask); !strings.Contains(line, "asked for by demo.user") {
		t.Errorf("got the line %q, want it to name the caller's user", line)
	}
	start := time.Now().Add(200 * time.Millisecond).UTC().Format("2006-01-02T15:04:05.000Z")
	c.put(secondTask, fmt.Sprintf(`{"TaskID":%q,"Frequency":"NONE","StartDate":%q,"Parameters":"1","ContentType":"application/json"}`, reportTask, start)).mustBe(t, 200, "")
	if line := printed.run(secondTask); !strings.Contains(line, "by the schedule") || !strings.Contains(line, strings.TrimRight(strings.TrimSuffix(start, "Z"), "0")) {
		t.Errorf("got the line %q, want the run of the schedule due %s", line, start)
	}
}

// reported waits until the runner has taken the report of a run. It returns the name of the notification that the run's
// task asked for, if one was sent before that.
func (l lines) reported(runID string) (notification string) {
	for line := range l {
		var record struct{ Message, Reception, Run string }
		if json.Unmarshal([]byte(line), &record) == nil && record.Message == "report" && record.Reception == "accepted" && record.Run == runID {
			return notification
		}
		if strings.HasPrefix(line, "TELL ") && strings.Contains(line, " run "+runID+" ") {
			notification = line
		}
	}
	return ""
}

// ranTask is a run of a task as a caller sees it.
type ranTask struct{ RunID, Trigger, Outcome, Message string }

// runs lists the runs of a task.
func (c client) runs(id string) []ranTask {
	c.t.Helper()
	var answer struct{ ResponseData struct{ Detail []ranTask } }
	got := c.send("GET", pathOf(id)+"/runs", "")
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || got.StatusCode != 200 {
		c.t.Fatalf("got %d %s (%v), want the runs", got.StatusCode, got.body, err)
	}
	return answer.ResponseData.Detail
}

// runWith runs a task now, with these Parameters and this Notification, waits for the report and returns the run, and the
// line of its notification if there is one.
func (c client) runWith(printed lines, id, parameters, notification string) (run ranTask, notified string) {
	c.t.Helper()
	c.put(id, strings.Replace(update(parameters), "{", `{"Notification":"`+notification+`",`, 1)).mustBe(c.t, 200, "")
	c.send("POST", "/api/v1/admin/tasks/account/run?id="+id, "").mustBe(c.t, 200, "")
	line := printed.run(id)
	runID := line[strings.LastIndex(line, " ")+1:]
	notified = printed.reported(runID)
	runs := c.runs(id)
	if len(runs) == 0 || runs[0].RunID != runID {
		c.t.Fatalf("got the runs %+v, want %s first", runs, runID)
	}
	return runs[0], notified
}

// TestTheDemonstrationWorkerReportsRuns runs a task that succeeds, and one whose Parameters say fail.
func TestTheDemonstrationWorkerReportsRuns(t *testing.T) {
	printed := make(lines, 10_000)
	c := start(t, func(config *stack.Config) { config.DemoWorker, config.Output = true, printed })
	for _, test := range []struct {
		parameters, notification string
		want                     ranTask
		notified                 bool
	}{
		{`{}`, "ON_SUCCESS", ranTask{Outcome: "SUCCESS", Message: "2 bytes of Parameters were processed."}, true},
		{`{}`, "ON_FAILURE", ranTask{Outcome: "SUCCESS", Message: "2 bytes of Parameters were processed."}, false},
		{`{"fail":true}`, "ALWAYS", ranTask{Outcome: "FAILED", Message: "Parameters say fail."}, true},
		{`{"fail":true}`, "NONE", ranTask{Outcome: "FAILED", Message: "Parameters say fail."}, false},
	} {
		got, notified := c.runWith(printed, demoTask, test.parameters, test.notification)
		test.want.RunID, test.want.Trigger = got.RunID, "MANUAL"
		if got != test.want {
			t.Errorf("%s: got %+v, want %+v", test.parameters, got, test.want)
		}
		if (notified != "") != test.notified || test.notified && !strings.Contains(notified, test.want.Outcome) {
			t.Errorf("%s with %s: got the notification %q, want one: %t", test.parameters, test.notification, notified, test.notified)
		}
	}
}

// TestTheExampleWorkerReportsRuns has the worker of examples/worker take the runs, as a Lambda function with a queue. The
// Parameters of the last run are too large for an event.
func TestTheExampleWorkerReportsRuns(t *testing.T) {
	folder := t.TempDir()
	if err := os.Symlink(built(t, "../../../examples/worker"), filepath.Join(folder, "bootstrap")); err != nil {
		t.Fatal(err)
	}
	printed := make(lines, 10_000)
	c := start(t, func(config *stack.Config) { config.Worker, config.Output = folder, printed })
	for parameters, want := range map[string]string{
		`{}`: "SUCCESS", `{"fail":true}`: "FAILED", `"` + strings.Repeat("x", 70<<10) + ` fail"`: "FAILED",
	} {
		if got, _ := c.runWith(printed, demoTask, parameters, "NONE"); got.Outcome != want || got.Message == "" {
			t.Errorf("%.20s: got %+v, want %s and a message", parameters, got, want)
		}
	}
}
