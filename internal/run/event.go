package run

import (
	"time"

	"github.com/google/uuid"
)

// parametersLimit is the maximum size of Parameters in an event, in bytes. A worker reads larger ones from the task.
const parametersLimit = 60 << 10

// Event tells workers that a run is due.
type Event struct {
	RunID       uuid.UUID
	AccountID   string
	ID          uuid.UUID // of the task
	TaskID      uuid.UUID // of the catalogue entry
	Name        string
	Due         time.Time
	Trigger     Trigger
	Missed      int64
	Parameters  *string // nil above 60 KB, ContentType too
	ContentType *string
	User        string
}

// event is the event of the state's open run.
func (s State) event() Event {
	e := Event{
		RunID: s.Open.ID, AccountID: s.AccountID, ID: s.ID, TaskID: s.TaskID, Name: s.Name,
		Due: s.Open.Due, Trigger: s.Open.Trigger, Missed: s.Open.Missed, User: s.Open.User,
	}
	if len(s.Parameters) <= parametersLimit {
		e.Parameters, e.ContentType = &s.Parameters, &s.ContentType
	}
	return e
}
