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

// State is a task as the runner sees it. Times are in UTC with a resolution of 100 ns; the zero time means none.
type State struct {
	AccountID string
	task.Task
	// Deleted says that the task is kept only for repeats of the call that deleted it.
	Deleted bool
	Kept
	// Marks has the remembered calls that were applied to the task: their fingerprints by token.
	Marks map[string]string
	// Edited is the clock of the first edit that no look has seen. LastEdit is the clock of the last edit.
	Edited, LastEdit time.Time
	// On is the clock of the first edit since the last look that enabled the task. Off is the clock from which the task
	// is disabled; it is kept until a look at the enabled task.
	On, Off time.Time
}

// Kept is what a look at a task reads and writes. An edit changes only DueAt, and Next if it disables the task.
type Kept struct {
	// Next is the planned occurrence. Last is the last one that was claimed or given up as missed.
	Next, Last time.Time
	// Open is the run whose lease is open; nil if there is none.
	Open *Run
	// Claims counts the claimed runs.
	Claims int64
	// Missed counts the occurrences missed since the last scheduled run.
	Missed int64
	// DueAt is the time of the next look at the task: Next, the end of a lease, or, after an edit, immediately.
	DueAt time.Time
}

// Run is one run of a task.
type Run struct {
	ID uuid.UUID
	// Due is the occurrence, or the time of the call if a caller requested the run.
	Due     time.Time
	Trigger Trigger
	// User is the user of the run: Scheduler, or the caller's user.
	User string
	// Missed counts the occurrences before this one that were not run.
	Missed int64
}

// Trigger is what started a run (contract section 8).
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
