package task

import (
	"time"

	"github.com/google/uuid"
)

// Task is a scheduled job registered on an account.
type Task struct {
	// ID is the account's own registration: the {id} of the route.
	ID uuid.UUID
	Definition
	// Name is the catalogue's name of Definition.TaskID at the time of the last update.
	Name string
	// Enabled says whether the task runs at all.
	Enabled bool
	// DateCreated and DateModified are in UTC with a resolution of 100 ns; zero where unknown.
	DateCreated, DateModified time.Time
	// LastRunOn is zero and LastRunBy empty for a task that has not run yet.
	LastRunOn time.Time
	LastRunBy string
	// LastModifiedBy is the user whose update was applied last; empty where unknown.
	LastModifiedBy string
	// ClientID is the client that registered the task; the zero GUID where unknown.
	ClientID uuid.UUID
	// Revision identifies this state of the task among all its states.
	Revision Revision
}

// Definition is the part of a task that an update replaces as a whole (contract section 5.9).
type Definition struct {
	// TaskID is the catalogue entry that the task runs.
	TaskID uuid.UUID
	// Frequency tells how often the task runs.
	Frequency Frequency
	// StartDate and FinishDate bound the time in which the task runs, both inclusive, in UTC with a
	// resolution of 100 ns. The zero time means no bound, as .NET's zero date does (section 5.6).
	StartDate, FinishDate time.Time
	// Parameters is well-formed text in the format that ContentType names.
	Parameters string
	// ContentType is ContentTypeJSON or ContentTypeXML.
	ContentType string
	// Notification tells when the task reports back to its user.
	Notification Notification
}

// The formats that Parameters may be in, in their canonical spelling.
const (
	ContentTypeJSON = "application/json"
	ContentTypeXML  = "application/xml"
)

// Revision identifies one state of a task: the number of updates applied to it and the token of the
// last one. A table restored to an earlier time counts up again, but never to the same tokens
// (section 5.12).
type Revision struct {
	Version int64
	Token   string
}

// NoRevision is a revision that no task ever has.
var NoRevision = Revision{Version: -1}

// Status is the state of a task's schedule at one moment (section 5.11).
type Status string

// The states of a schedule.
const (
	StatusDisabled Status = "DISABLED"
	StatusPending  Status = "PENDING"
	StatusFinished Status = "FINISHED"
	StatusActive   Status = "ACTIVE"
)

// Status tells the state of the task's schedule at the time now.
func (t Task) Status(now time.Time) Status {
	switch {
	case !t.Enabled:
		return StatusDisabled
	case now.Before(t.StartDate):
		return StatusPending
	case !t.FinishDate.IsZero() && now.After(t.FinishDate):
		return StatusFinished
	default:
		return StatusActive
	}
}
