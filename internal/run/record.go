package run

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Record is what the table keeps of a run (contract section 8). Times are in UTC with a resolution of 100 ns; the zero
// time means none.
type Record struct {
	ID        uuid.UUID
	Due       time.Time
	Trigger   Trigger
	StartedOn time.Time // when the run was claimed
	// FinishedOn is when the run ended. An open run has none.
	FinishedOn time.Time
	Outcome    Outcome
	Message    string // what the worker reported, or why there is no report; empty for an open run
	Missed     int64
}

// Outcome is how a run ended, or that it is open.
type Outcome string

// The outcomes.
const (
	OutcomeRunning Outcome = "RUNNING"
	OutcomeSuccess Outcome = "SUCCESS"
	OutcomeFailed  Outcome = "FAILED"
)

// Position is the place of a run in the list of a task's runs. The zero Position comes before the first run.
type Position struct {
	Due   time.Time
	RunID uuid.UUID
}

// Position is the run's place in the list.
func (r Record) Position() Position { return Position{Due: r.Due, RunID: r.ID} }

// Listing is a request for one page of a task's runs.
type Listing struct {
	Ref
	// After is the last run that was seen. It need not exist any more.
	After Position
	// Count is how many runs the page has at most.
	Count int
	// Now is the time of the request. A run that has expired by then is not listed.
	Now time.Time
}

// Page is one page of a task's runs, the latest due time first.
type Page struct {
	Records []Record
	// More says that runs may follow; the next page begins after Next. A page with More may be short or empty.
	More bool
	Next Position
}

// Records has the runs that the table keeps. Implementations must be safe for concurrent use.
type Records interface {
	// List lists one page of the runs of a task, whether or not the task exists. It sees every run that was stored before
	// the call. An error is a *task.Error with the code CodeTooManyRequests or CodeUnavailable, or an error without a
	// code.
	List(ctx context.Context, l Listing) (Page, error)
}
