package runner

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"time"

	"accounttasks/internal/app"
	events "accounttasks/internal/bus"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// receive is a worker that gets an event. It runs apart from the bus.
func (s *real) receive(e run.Event) {
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	if s.worked[e.RunID] {
		return
	}
	s.worked[e.RunID] = true
	p := s.apart(1000 + len(s.worked))
	for _, step := range p.plans(e) {
		s.work.Go(func() {
			time.Sleep(step.delay)
			s.report(&told{Report: step.Report, at: time.Now(), stray: step.stray})
		})
	}
}

// report invokes the function with a report, again after a minute if it fails, and at times twice at once.
func (s *real) report(t *told) {
	s.engine.mu.Lock()
	s.told = append(s.told, t)
	p := s.apart(100_000 + len(s.told))
	s.engine.mu.Unlock()
	times := 1
	if p.percent(5) {
		times = 2
	}
	for range times {
		pause := p.between(time.Millisecond, 3*time.Second)
		s.work.Go(func() {
			time.Sleep(pause)
			for n := range 1 + retries {
				if s.invoke(t).handled() {
					return
				}
				time.Sleep(time.Duration(n+1) * time.Minute)
			}
		})
	}
}

// invoke invokes one instance of the function with the event that EventBridge makes of a report.
func (s *real) invoke(t *told) *attempt {
	instance := s.instance()
	var log bytes.Buffer
	function := app.NewRunnerOn(s.runs(instance), instance, s.timeout, app.Environment{
		Getenv: func(string) string { return "" }, Now: time.Now, Log: slog.New(slog.NewJSONHandler(&log, nil)), Metrics: io.Discard,
	})
	detail, _ := json.Marshal(map[string]string{
		"runId": t.RunID.String(), "account": t.AccountID, "id": t.ID.String(), "due": task.FormatDate(t.Due),
		"outcome": string(t.Outcome), "message": t.Message,
	})
	event, _ := json.Marshal(events.Envelope{ID: "event", DetailType: events.TaskFinished, Source: "worker", Detail: detail})
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	_, err := function.Invoke(ctx, event)
	var record struct{ Reception run.Reception }
	if err == nil {
		if bad := json.NewDecoder(&log).Decode(&record); bad != nil {
			s.t.Errorf("a report leaves the log %s: %v", &log, bad)
		}
	}
	s.engine.mu.Lock()
	defer s.engine.mu.Unlock()
	a := &attempt{at: time.Now(), done: !instance.dead, receipt: run.Receipt{Reception: record.Reception}, err: err}
	t.attempts = append(t.attempts, a)
	return a
}
