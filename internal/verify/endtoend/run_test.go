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

// work waits for the line in which the demonstration worker says this of a task's run, whose id is returned.
func (l lines) work(what string) string {
	for line := range l {
		if begun, found := strings.CutSuffix(line, what); found && strings.HasPrefix(line, "WORK ") {
			return strings.TrimSpace(begun[strings.LastIndex(begun, " run ")+len(" run "):])
		}
	}
	return ""
}

// TestTheDemonstrationWorkerReportsRuns runs a task that succeeds, and one whose Parameters say fail.
func TestTheDemonstrationWorkerReportsRuns(t *testing.T) {
	printed := make(lines, 10_000)
	c := start(t, func(config *stack.Config) { config.DemoWorker, config.Output = true, printed })
	for parameters, outcome := range map[string]string{`{}`: "SUCCESS", `{"fail":true}`: "FAILED"} {
		c.runWith(demoTask, parameters)
		run := printed.run(demoTask)
		if reported := printed.work("reported " + outcome); !strings.HasSuffix(run, " run "+reported) {
			t.Errorf("got the report of run %q after the line %q, want that of this run", reported, run)
		}
	}
}

// runWith runs a task now, with these Parameters.
func (c client) runWith(id, parameters string) {
	c.t.Helper()
	c.put(id, update(parameters)).mustBe(c.t, 200, "")
	c.send("POST", "/api/v1/admin/tasks/account/run?id="+id, "").mustBe(c.t, 200, "")
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
	for _, run := range []struct{ parameters, outcome string }{
		{`{}`, "SUCCESS"}, {`{"fail":true}`, "FAILED"}, {`"` + strings.Repeat("x", 70<<10) + ` fail"`, "FAILED"},
	} {
		c.runWith(demoTask, run.parameters)
		line := printed.run(demoTask)
		id := line[strings.LastIndex(line, " ")+1:]
		if got := printed.reported(id); got != run.outcome {
			t.Errorf("%.20s: got the report %q, want %s", run.parameters, got, run.outcome)
		}
	}
}

// reported waits for the example worker's record of the report of a run, and returns the outcome.
func (l lines) reported(runID string) string {
	for line := range l {
		var record struct{ Msg, RunID, Outcome string }
		if json.Unmarshal([]byte(line), &record) == nil && record.Msg == "the run is reported" && record.RunID == runID {
			return record.Outcome
		}
	}
	return ""
}
