package endtoend_test

import (
	"encoding/json"
	"fmt"
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
		body, err := json.Marshal(map[string]string{"TaskID": reportTask, "Frequency": "NONE", "Parameters": parameters, "ContentType": "application/json"})
		if err != nil {
			t.Fatal(err)
		}
		c.put(demoTask, string(body)).mustBe(t, 200, "")
		c.send("POST", "/api/v1/admin/tasks/account/run?id="+demoTask, "").mustBe(t, 200, "")
		run := printed.run(demoTask)
		if reported := printed.work("reported " + outcome); !strings.HasSuffix(run, " run "+reported) {
			t.Errorf("got the report of run %q after the line %q, want that of this run", reported, run)
		}
	}
}
