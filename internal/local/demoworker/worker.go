package demoworker

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
)

// Bus takes the worker's reports.
type Bus interface {
	// Put puts the event Account Task Finished. After an error it may have been put.
	Put(ctx context.Context, report Report) error
}

// Report is the detail of the event Account Task Finished.
type Report struct {
	Version int    `json:"version"`
	RunID   string `json:"runId"`
	Account string `json:"account"`
	ID      string `json:"id"`
	Due     string `json:"due"`
	Outcome string `json:"outcome"`
	Message string `json:"message"`
}

// Worker takes runs. It is safe for concurrent use.
type Worker struct {
	bus Bus
	out io.Writer

	mu   sync.Mutex
	done map[string]Report // by run id
}

// New makes a worker that reports to the bus and prints a line for everything it does.
func New(bus Bus, out io.Writer) *Worker {
	return &Worker{bus: bus, out: out, done: map[string]Report{}}
}

// due is the event Account Task Due, with what the worker needs of it.
type due struct {
	Detail struct {
		RunID, Account, ID, Name, Due string
		Parameters                    *string
	}
}

// Take does the work of the run whose event this is, once, and reports the outcome. An error means that the outcome may
// not have been reported: the same event must come again.
func (w *Worker) Take(ctx context.Context, event []byte) error {
	var e due
	if err := json.Unmarshal(event, &e); err != nil {
		return fmt.Errorf("read the event of a run: %w", err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	report, known := w.done[e.Detail.RunID]
	if known {
		w.print(e, "came again; its work is not done again")
	} else {
		report = e.work()
		w.done[report.RunID] = report
		w.print(e, "did its work: "+report.Message)
	}
	// The report is repeated too, because the first one may have been lost. The service counts one.
	if err := w.bus.Put(ctx, report); err != nil {
		return fmt.Errorf("report run %s: %w", report.RunID, err)
	}
	w.print(e, "reported "+report.Outcome)
	return nil
}

// saysFail finds the word fail: {"fail":true}, ["fail"], <fail/>.
var saysFail = regexp.MustCompile(`\bfail\b`)

// work is what a worker of the platform does here: it sends the report, or imports the address book.
func (e due) work() Report {
	d := e.Detail
	report := Report{Version: 1, RunID: d.RunID, Account: d.Account, ID: d.ID, Due: d.Due, Outcome: "SUCCESS"}
	switch {
	case d.Parameters == nil:
		report.Message = "Parameters over 60 KB are not in the event. The demonstration worker does without."
	case saysFail.MatchString(*d.Parameters):
		report.Outcome, report.Message = "FAILED", "Parameters say fail."
	default:
		report.Message = fmt.Sprintf("%d bytes of Parameters were processed.", len(*d.Parameters))
	}
	return report
}

// print prints a line about a run. Parameters stay out of it, and control characters too.
func (w *Worker) print(e due, what string) {
	name := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return '?'
		}
		return r
	}, e.Detail.Name)
	_, _ = fmt.Fprintf(w.out, "WORK %s  run %s %s\n", name, e.Detail.RunID, what)
}
