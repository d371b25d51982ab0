package run

import (
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Ref names a task of an account.
type Ref struct {
	AccountID string
	ID        uuid.UUID
}

// State is a task as the runner sees it. Times are in UTC with a resolution of 100 ns; the zero time is none.
type State struct {
	AccountID string
	task.Task
	// Deleted says that the task is only remembered for repeats of the call that deleted it.
	Deleted bool
	Kept
	// Marks holds the tokens of the calls that were applied to the task and that it remembers, with what they did
	// (fingerprints).
	Marks map[string]string
	// Edited is the clock of the first edit that no look has seen, LastEdit that of the last edit.
	Edited, LastEdit time.Time
	// On is the clock of the first edit since the last look that enabled the task, Off that since which it is
	// disabled, noted until a look at the enabled task.
	On, Off time.Time
}

// Kept is what a look at a task reads and writes; an edit changes only DueAt, and Next when it disables the task.
type Kept struct {
	// Next is the occurrence planned, Last the last one claimed, or given up as missed.
	Next, Last time.Time
	// Open is the run whose lease is open; nil where none is.
	Open *Run
	// Claims counts the runs claimed so far.
	Claims int64
	// Missed counts the occurrences missed since the last scheduled run.
	Missed int64
	// DueAt is when the task is to be looked at: at Next, at the end of a lease, or, after an edit, at once.
	DueAt time.Time
}

// Run is one run of a task.
type Run struct {
	ID uuid.UUID
	// Due is the occurrence, or the time of the call for a run that a caller asked for.
	Due     time.Time
	Trigger Trigger
	// User asked for the run: Scheduler, or the caller's user.
	User string
	// Missed counts the occurrences before this one that were not run.
	Missed int64
}

// Trigger tells what started a run (contract section 5.28).
type Trigger string

// The triggers.
const (
	TriggerSchedule Trigger = "SCHEDULE"
	TriggerManual   Trigger = "MANUAL"
)

// Scheduler is the user of scheduled runs.
const Scheduler = "scheduler"

// Ref names the task.
func (s State) Ref() Ref { return Ref{AccountID: s.AccountID, ID: s.ID} }

// holds reports whether the state's open run is this one.
func (s State) holds(r *Run) bool { return s.Open != nil && s.Open.ID == r.ID }
