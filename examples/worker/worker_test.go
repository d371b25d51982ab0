package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
)

// memory is a ledger, a source of Parameters and a reporter in memory.
type memory struct {
	claims   map[string]time.Time
	done     map[string]result
	large    string
	refusals int // of reports

	reports []string
}

func (m *memory) claim(_ context.Context, runID string, until time.Time) (*result, error) {
	if r, ok := m.done[runID]; ok {
		return &r, nil
	}
	if m.claims[runID].After(time.Now()) {
		return nil, errTaken
	}
	m.claims[runID] = until
	return nil, nil
}

func (m *memory) finish(_ context.Context, runID string, until time.Time, r result) error {
	if !m.claims[runID].Equal(until) {
		return errTaken
	}
	m.done[runID] = r
	return nil
}

func (m *memory) read(context.Context, run) (string, error) {
	if m.large == "" {
		return "", errors.New("there are none")
	}
	return m.large, nil
}

func (m *memory) report(_ context.Context, r run, res result) error {
	if m.refusals > 0 {
		m.refusals--
		return errors.New("throttled")
	}
	m.reports = append(m.reports, r.RunID+" "+res.outcome)
	return nil
}

// play is a worker on a memory, which notes the runs that it works.
type play struct {
	memory
	*worker
	worked []run
	log    strings.Builder
}

func newPlay(work func(context.Context, run) (result, error)) *play {
	p := &play{memory: memory{claims: map[string]time.Time{}, done: map[string]result{}}}
	p.worker = &worker{ledger: &p.memory, parameters: &p.memory, reporter: &p.memory, log: slog.New(slog.NewJSONHandler(&p.log, nil)),
		work: func(ctx context.Context, r run) (result, error) {
			p.worked = append(p.worked, r)
			return work(ctx, r)
		}}
	return p
}

// deliver delivers a batch and returns the messages that must come again.
func (p *play) deliver(t *testing.T, messages ...events.SQSMessage) (again []string) {
	t.Helper()
	response, err := p.handle(t.Context(), events.SQSEvent{Records: messages})
	if err != nil {
		t.Fatal(err)
	}
	for _, failure := range response.BatchItemFailures {
		again = append(again, failure.ItemIdentifier)
	}
	return again
}

// message is the message of a run. Its id is that of the run.
func message(runID, parameters string) events.SQSMessage {
	written, _ := json.Marshal(parameters)
	return events.SQSMessage{MessageId: runID, Body: fmt.Sprintf(`{"version":"0","detail-type":"Account Task Due","source":"accounttasks",
		"detail":{"version":1,"runId":%q,"account":"42","id":"task","taskId":"entry","name":"Send report","due":"2026-06-04T12:00:00+00:00",
		"trigger":"SCHEDULE","missed":0,"parameters":%s,"contentType":"application/json","user":"scheduler"}}`, runID, written)}
}

// withoutParameters is the message of a run whose Parameters are too large for an event.
func withoutParameters(runID string) events.SQSMessage {
	m := message(runID, "")
	m.Body = strings.Replace(m.Body, `"parameters":"","contentType":"application/json",`, "", 1)
	return m
}

func TestARunIsWorkedOnceAndReportedForEveryDelivery(t *testing.T) {
	p := newPlay(work)
	for range 3 {
		if again := p.deliver(t, message("r", "{}")); len(again) > 0 {
			t.Fatalf("got %v to come again", again)
		}
	}
	if len(p.worked) != 1 || !slices.Equal(p.reports, []string{"r SUCCESS", "r SUCCESS", "r SUCCESS"}) {
		t.Errorf("got the work %d times and the reports %v, want the work once and three reports", len(p.worked), p.reports)
	}
}

func TestOneBadMessageDoesNotRepeatTheOthers(t *testing.T) {
	p := newPlay(func(_ context.Context, r run) (result, error) {
		if r.RunID == "down" {
			return result{}, errors.New("the mail server does not answer")
		}
		if r.RunID == "panic" {
			panic("a defect of the work")
		}
		return work(t.Context(), r)
	})
	broken := events.SQSMessage{MessageId: "broken", Body: "{"}
	other := message("other", "{}")
	other.Body = strings.Replace(other.Body, "Task Due", "Task Finished", 1)
	again := p.deliver(t, message("a", "{}"), broken, message("panic", "{}"), message("down", "{}"), other, message("b", `"fail"`))
	if want := []string{"broken", "panic", "down", "other"}; !slices.Equal(again, want) {
		t.Errorf("got %v to come again, want %v", again, want)
	}
	if want := []string{"a SUCCESS", "b FAILED"}; !slices.Equal(p.reports, want) {
		t.Errorf("got the reports %v, want %v", p.reports, want)
	}
}

func TestAReportThatIsRefusedIsMadeAgainWithoutTheWork(t *testing.T) {
	p := newPlay(work)
	p.refusals = 1
	if again := p.deliver(t, message("r", "{}")); !slices.Equal(again, []string{"r"}) {
		t.Fatalf("got %v to come again, want the run", again)
	}
	if again := p.deliver(t, message("r", "{}")); len(again) > 0 || len(p.worked) != 1 || !slices.Equal(p.reports, []string{"r SUCCESS"}) {
		t.Errorf("got %v to come again, the work %d times and the reports %v, want one of each", again, len(p.worked), p.reports)
	}
}

func TestARunThatAnotherInvocationHasComesAgain(t *testing.T) {
	p := newPlay(work)
	p.claims["r"] = time.Now().Add(time.Hour)
	if again := p.deliver(t, message("r", "{}")); !slices.Equal(again, []string{"r"}) || len(p.worked) > 0 {
		t.Errorf("got %v to come again and the work %d times, want the run and no work", again, len(p.worked))
	}
	p.claims["r"] = time.Now().Add(-time.Hour) // the other invocation ended in the middle of its work
	if again := p.deliver(t, message("r", "{}")); len(again) > 0 || len(p.worked) != 1 {
		t.Errorf("got %v to come again and the work %d times, want the work", again, len(p.worked))
	}
}

func TestWorkThatLostItsClaimIsNotReported(t *testing.T) {
	var p *play
	p = newPlay(func(context.Context, run) (result, error) {
		p.claims["r"] = time.Now().Add(time.Hour)
		return succeeded(""), nil
	})
	if again := p.deliver(t, message("r", "{}")); !slices.Equal(again, []string{"r"}) || len(p.reports) > 0 {
		t.Errorf("got %v to come again and the reports %v, want the run and no report", again, p.reports)
	}
}

func TestLargeParametersAreRead(t *testing.T) {
	p := newPlay(work)
	if again := p.deliver(t, withoutParameters("r")); !slices.Equal(again, []string{"r"}) {
		t.Errorf("got %v to come again, want the run whose Parameters cannot be read", again)
	}
	p.claims, p.large = map[string]time.Time{}, "all of them"
	if again := p.deliver(t, withoutParameters("r")); len(again) > 0 || *p.worked[0].Parameters != p.large {
		t.Errorf("got %v to come again and the work %+v, want it with the Parameters", again, p.worked)
	}
}

func TestWorkEndsBeforeTheInvocation(t *testing.T) {
	ends := time.Now().Add(time.Minute)
	ctx, cancel := context.WithDeadline(t.Context(), ends)
	defer cancel()
	p := newPlay(func(ctx context.Context, _ run) (result, error) {
		if at, _ := ctx.Deadline(); !at.Equal(ends.Add(-reserve)) {
			t.Errorf("the work has until %v, want %v before the invocation's end", at, reserve)
		}
		return succeeded(""), nil
	})
	if err := p.take(ctx, message("r", "{}").Body); err != nil || !p.claims["r"].Equal(ends) {
		t.Errorf("got %v and a claim until %v, want %v", err, p.claims["r"], ends)
	}
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(reserve))
	defer cancel()
	if err := p.take(late, message("late", "{}").Body); err == nil || len(p.worked) != 1 {
		t.Errorf("got %v, want a run for which no time is left to come again", err)
	}
}

func TestNoParametersInTheLog(t *testing.T) {
	p := newPlay(func(context.Context, run) (result, error) { return result{}, errors.New("no") })
	p.deliver(t, message("r", "s3cr3t"), events.SQSMessage{MessageId: "broken", Body: `{"detail-type":"s3cr3t"}`})
	p.worker.work = work
	p.claims = map[string]time.Time{}
	p.deliver(t, message("r", "s3cr3t"))
	if strings.Contains(p.log.String(), "s3cr3t") || !strings.Contains(p.log.String(), "must come again") {
		t.Errorf("got the log\n%s", p.log.String())
	}
}

func TestAMessageIsOneThatTheServiceTakes(t *testing.T) {
	for message, want := range map[string]string{
		"":                         "",
		"sent to 3 people":         "sent to 3 people",
		"two\nlines\x00\u0085":     "two lines  ",
		"\xff":                     "?",
		"no\ufffechar\uffffacters": "no char acters",
		strings.Repeat("é", 2000):  strings.Repeat("é", 1000),
	} {
		if got := plain(message); got != want {
			t.Errorf("%q: got %q, want %q", message, got, want)
		}
	}
}

// TestTheEventForSAMLocalIsABatch keeps events/due.json one that the worker takes.
func TestTheEventForSAMLocalIsABatch(t *testing.T) {
	document, err := os.ReadFile("events/due.json")
	if err != nil {
		t.Fatal(err)
	}
	var batch events.SQSEvent
	if err := json.Unmarshal(document, &batch); err != nil {
		t.Fatal(err)
	}
	p := newPlay(work)
	if again := p.deliver(t, batch.Records...); len(again) > 0 || len(p.reports) != 1 {
		t.Errorf("got %v to come again and the reports %v, want one report", again, p.reports)
	}
}
