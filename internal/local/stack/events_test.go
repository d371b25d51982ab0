package stack_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// asynchronous has a schedule and a rule, whose functions put what they get on the
// bus and tell the test.
const asynchronous = `
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: tasks}}
  Runner:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 60
      Environment: {Variables: {AWS_ENDPOINT_URL_EVENTBRIDGE: "", TELL: "", ROLE: put}}
      Events:
        Tick: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(1 day), Input: '{"at":"<aws.scheduler.scheduled-time>"}'}}
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Timeout: 60
      Environment: {Variables: {TELL: "", ROLE: tell}}
      Events:
        Due: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [test]}}}
`

// play is what the asynchronous functions do: Runner puts its input on the bus, as an event of SOURCE, Worker posts its
// event to TELL.
func play(event json.RawMessage) error {
	if os.Getenv("ROLE") == "put" {
		entry, err := json.Marshal(map[string]string{
			"Source": cmp.Or(os.Getenv("SOURCE"), "test"), "DetailType": "Account Task Due", "EventBusName": "tasks", "Detail": string(event),
		})
		if err != nil {
			return err
		}
		r, err := http.NewRequest(http.MethodPost, os.Getenv("AWS_ENDPOINT_URL_EVENTBRIDGE"), strings.NewReader(fmt.Sprintf(`{"Entries":[%s]}`, entry)))
		if err != nil {
			return err
		}
		r.Header.Set("X-Amz-Target", "AWSEvents.PutEvents")
		return succeed(http.DefaultClient.Do(r))
	}
	document, err := json.Marshal(map[string]any{"event": event, "endpoint": os.Getenv("AWS_ENDPOINT_URL_EVENTBRIDGE")})
	if err != nil {
		return err
	}
	return succeed(http.Post(os.Getenv("TELL"), "application/json", strings.NewReader(string(document))))
}

func succeed(answer *http.Response, err error) error {
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusOK {
		return errors.New(answer.Status)
	}
	return nil
}

func TestAScheduleAndARuleInvokeTheirFunctions(t *testing.T) {
	told := make(chan []byte, 100)
	failures := 1
	listener := listen(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if failures > 0 {
			failures--
			w.WriteHeader(http.StatusTeapot)
			return
		}
		told <- body
	})
	var out terminal
	c := configuration(t)
	c.Functions, c.Tick, c.RetryDelay, c.Output = binaries(t, "Runner", "Worker"), time.Millisecond, time.Millisecond, &out
	c.MaxInstances, c.FunctionEnv = 1, map[string]string{"TELL": listener}
	if err := os.WriteFile(c.Template, []byte(asynchronous), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, c)
	seen := map[string]int{}
	for twice := false; !twice; {
		var got struct {
			Event struct {
				ID     string
				Source string
				Detail struct{ At time.Time }
			}
			Endpoint string
		}
		if err := json.Unmarshal(<-told, &got); err != nil {
			t.Fatal(err)
		}
		if got.Event.Source != "test" || got.Event.Detail.At.IsZero() {
			t.Fatalf("the worker got %+v, want the event with the schedule's time", got)
		}
		if got.Endpoint != "" {
			t.Errorf("the worker is told of the bus at %s, which its template does not declare", got.Endpoint)
		}
		seen[got.Event.ID]++
		twice = seen[got.Event.ID] == 2
	}
	s.Close()
	if want := "Worker failed with an event, attempt 1: errorString: 418"; !slices.ContainsFunc(strings.Split(out.String(), "\n"), func(line string) bool { return strings.HasPrefix(line, want) }) {
		t.Errorf("%q is not in\n%s", want, out.String())
	}
}
