package stack_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/local/stack"
)

// deliveries counts the messages that this process of the worker has got.
var deliveries int

// work is what the worker does: it wants its first message again and cannot read its second one.
func work(batch events.SQSEvent) (events.SQSEventResponse, error) {
	deliveries++
	fmt.Printf("delivery %d of %d message: bus %s, tables %s and %s, event %t\n", deliveries, len(batch.Records),
		os.Getenv("EVENT_BUS"), os.Getenv("TASK_TABLE"), os.Getenv("RUNS_TABLE"), strings.Contains(batch.Records[0].Body, `"detail-type":"Account Task Due"`))
	switch deliveries {
	case 1:
		return events.SQSEventResponse{BatchItemFailures: []events.SQSBatchItemFailure{{ItemIdentifier: batch.Records[0].MessageId}}}, nil
	case 2:
		return events.SQSEventResponse{}, fmt.Errorf("delivery %d fails", deliveries)
	}
	return events.SQSEventResponse{}, nil
}

// awaited is a terminal that tells when a text is printed.
type awaited struct {
	terminal
	text    string
	printed chan struct{}
	once    sync.Once
}

func (a *awaited) Write(p []byte) (int, error) {
	n, err := a.terminal.Write(p)
	if strings.Contains(a.String(), a.text) {
		a.once.Do(func() { close(a.printed) })
	}
	return n, err
}

// The runner tells of a due run in each tick, of no catalogue entry that the demonstration worker knows.
func TestAWorkersFunctionGetsRunsUntilItHasTakenThem(t *testing.T) {
	out := &awaited{text: "delivery 3", printed: make(chan struct{})}
	c := configuration(t)
	c.Functions, c.Worker, c.Output = binaries(t, "Runner", "Worker"), filepath.Join(binaries(t, "worker"), "worker"), out
	c.Tick, c.RetryDelay, c.FunctionEnv = 50*time.Millisecond, time.Millisecond, map[string]string{"SOURCE": "accounttasks"}
	if err := os.WriteFile(c.Template, []byte(asynchronous), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, c)
	<-out.printed
	s.Close()
	for _, want := range []string{
		"delivery 1 of 1 message: bus tasks, tables account-tasks and account-tasks-worker-runs, event true\n",
		"the-worker failed with an event, attempt 1: the worker wants the message again\n", "errorString: delivery 2 fails\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.String())
		}
	}
}

func TestAWorkerWithoutABinaryIsNamed(t *testing.T) {
	c := configuration(t)
	c.Worker = "absent"
	if err := os.WriteFile(c.Template, []byte(asynchronous), 0o600); err != nil {
		t.Fatal(err)
	}
	c.Functions = binaries(t, "Runner", "Worker")
	if s, err := stack.Start(t.Context(), c); err == nil || !strings.Contains(err.Error(), "the worker in absent: ") {
		if err == nil {
			s.Close()
		}
		t.Errorf("got %v, want an error that names the folder", err)
	}
}

func TestAWorkerWithAURLGetsRunsUntilItHasTakenThem(t *testing.T) {
	bodies := make(chan string, 100)
	address := listen(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		select {
		case bodies <- string(body):
		default:
		}
		w.WriteHeader(http.StatusTeapot)
	})
	out := &awaited{text: "the-worker failed with an event, attempt 5: the worker answered 418", printed: make(chan struct{})}
	c := configuration(t)
	c.Functions, c.Worker, c.Output = binaries(t, "Runner", "Worker"), address, out
	c.Tick, c.RetryDelay, c.FunctionEnv = 50*time.Millisecond, time.Millisecond, map[string]string{"SOURCE": "accounttasks"}
	if err := os.WriteFile(c.Template, []byte(asynchronous), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, c)
	<-out.printed
	if got := <-bodies; !strings.Contains(got, `"detail-type":"Account Task Due"`) {
		t.Errorf("got %s, want the event", got)
	}
}
