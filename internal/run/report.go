package run

import (
	"context"

	"accounttasks/internal/task"
)

// MessageLimit is the maximum length of a report's message, in characters.
const MessageLimit = 1000

// Report is what a worker says of a run (contract section 9).
type Report struct {
	Key
	// Outcome is OutcomeSuccess or OutcomeFailed.
	Outcome Outcome
	// Message has at most MessageLimit characters. Callers read it.
	Message string
}

// Reception is what a report meets.
type Reception string

// The receptions. Only ReportAccepted changes the run: the first report counts.
const (
	ReportAccepted      Reception = "accepted"
	ReportRepeated      Reception = "repeated"      // the run has this outcome already
	ReportContradicting Reception = "contradicting" // the run has another outcome
	ReportLate          Reception = "late"          // the run was failed at its deadline
	ReportUnknown       Reception = "unknown"       // the account's task has no such run
)

// Receipt is the effect of a report.
type Receipt struct {
	Reception
	// Run is the run afterwards; the zero value for an unknown one.
	Run Stored
	// Unsent is why the notification of a run that the report ended may not have been sent. A later tick sends it.
	Unsent error
}

// Report ends a run with the outcome that its worker reports, and sends the notification that the task asks for. A
// report of a run that has ended changes nothing. An error means that the table did not answer, and that the same report
// can be made again.
func (r *Runner) Report(ctx context.Context, report Report) (Receipt, error) {
	for range tries {
		seen, exists, err := r.store.ReadRun(ctx, report.Key)
		switch {
		case err != nil:
			return Receipt{}, err
		case !exists:
			return Receipt{Reception: ReportUnknown}, nil
		case seen.hasEnded():
			return Receipt{Reception: seen.meets(report), Run: seen}, nil
		}
		ended, own, err := r.end(ctx, seen, seen.ended(report.Outcome, report.Message, r.clock()))
		if err != nil {
			return Receipt{}, err
		}
		if own {
			return Receipt{Reception: ReportAccepted, Run: ended, Unsent: r.notify(ctx, ended)}, nil
		}
	}
	return Receipt{}, &task.Error{Code: task.CodeTooManyRequests, Reason: "The run is being changed by others, and nothing was applied."}
}

// meets tells what a report of a run that has ended is.
func (s Stored) meets(report Report) Reception {
	switch {
	case s.Overdue:
		return ReportLate
	case s.Outcome == report.Outcome:
		return ReportRepeated
	default:
		return ReportContradicting
	}
}

// end writes the end of a run. own is false if it was ended or put off by another instance.
func (r *Runner) end(ctx context.Context, seen, next Stored) (current Stored, own bool, err error) {
	current, saved, err := r.store.SaveRun(ctx, seen, next)
	return current, saved || err == nil && current.endedAs(next), err
}

// notify sends the notification that the run owes, and notes that it was sent. After an error a later tick sends it.
func (r *Runner) notify(ctx context.Context, s Stored) error {
	if !s.owesNotification() {
		return nil
	}
	if err := r.bus.Notify(ctx, s); err != nil {
		return unsentError{err}
	}
	_, _, err := r.store.SaveRun(ctx, s, s.notified())
	return err
}
