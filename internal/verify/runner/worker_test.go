package runner

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// retries is how often Lambda repeats an invocation that failed.
const retries = 2

// told is a report that a worker has put on the bus.
type told struct {
	run.Report
	at time.Time
	// stray says that it names a run that does not exist.
	stray    bool
	attempts []*attempt
}

// attempt is one invocation of the function with a report.
type attempt struct {
	at      time.Time // when it returned
	done    bool      // it was not killed
	receipt run.Receipt
	err     error
}

func (a *attempt) handled() bool { return a.done && a.err == nil }

// plan is what a worker does with a run: its reports, each after a delay from the run's event.
type plan []struct {
	delay time.Duration
	run.Report
	stray bool
}

// plans draws what a worker reports: nothing, once, twice, or two outcomes.
func (p *play) plans(e run.Event) plan {
	report := run.Report{
		Key:     run.Key{Ref: run.Ref{AccountID: e.AccountID, ID: e.ID}, Position: run.Position{Due: e.Due, RunID: e.RunID}},
		Outcome: pick(p.world, run.OutcomeSuccess, run.OutcomeSuccess, run.OutcomeFailed), Message: "first",
	}
	other := report
	other.Outcome, other.Message = pick(p.world, run.OutcomeSuccess, run.OutcomeFailed), "second"
	delay := pick(p.world, 200*time.Millisecond, 5*time.Second, 90*time.Second, 200*time.Second, p.timeout-10*time.Second, p.timeout+90*time.Second, 2*p.timeout)
	pause := pick(p.world, 0, 0, 20*time.Millisecond, 3*time.Second, p.timeout)
	reports := plan{{delay, report, false}}
	switch n := p.rand.IntN(100); {
	case n < 12:
		return nil
	case n < 30:
		reports = append(reports, plan{{delay + pause, report, false}}...)
	case n < 55:
		reports = append(reports, plan{{delay + pause, other, false}}...)
	case n < 65:
		stray := report
		switch p.rand.IntN(4) {
		case 0:
			stray.AccountID = "another"
		case 1:
			stray.RunID = uuid.UUID{1}
		case 2:
			stray.ID = uuid.UUID{2}
		case 3:
			stray.Due = stray.Due.Add(time.Second)
		}
		reports = append(reports, plan{{delay / 2, stray, true}}...)
	}
	return reports
}

// work is a worker that gets an event. It does the work of a run once.
func (p *play) work(e run.Event) {
	if p.worked[e.RunID] {
		return
	}
	p.worked[e.RunID] = true
	for _, step := range p.plans(e) {
		p.after(step.delay, func() { p.tell(&told{Report: step.Report, at: p.now, stray: step.stray}) })
	}
}

// tell puts a report on the bus, which invokes the function, at times twice.
func (p *play) tell(report *told) {
	p.told = append(p.told, report)
	times := 1
	if p.percent(5) {
		times = 2
	}
	for range times {
		p.after(p.between(time.Millisecond, 3*time.Second), func() { p.invoke(report, 0) })
	}
}

// invoke invokes the function with a report, and again after a minute if it fails or is killed.
func (p *play) invoke(report *told, n int) {
	a := &attempt{}
	report.attempts = append(report.attempts, a)
	p.start(p.kill, func(instance *process) {
		a.receipt, a.err = p.runner(instance).Report(context.Background(), report.Report)
		a.at, a.done = p.now, true
	})
	p.after(time.Duration(n+1)*time.Minute, func() {
		if !a.handled() && n < retries {
			p.invoke(report, n+1)
		}
	})
}

func (t *told) String() string { return fmt.Sprintf("%s %s", t.Outcome, t.Message) }
