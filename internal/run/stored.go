package run

import (
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// unreported is the message of a run that is failed at its deadline.
const unreported = "The run was not reported by its deadline."

// Stored is a run as the table keeps it, with what its notification says. Name, TaskID, Notification and ModifiedBy are
// those that the task had when the run was stored, so that later edits of the task, or its end, do not matter.
type Stored struct {
	Task Ref
	Record
	User string
	Name string
	// TaskID is the entry of the catalogue.
	TaskID       uuid.UUID
	Notification task.Notification
	// ModifiedBy is the user who last modified the task.
	ModifiedBy string
	// Overdue says that the run was failed at its deadline.
	Overdue bool
	// DueAt is the deadline of an open run. In a run that has ended it means that its notification is still to be sent,
	// and is the time of the next try; it is zero where there is none to send.
	DueAt time.Time
}

// Key names the run.
func (s Stored) Key() Key { return Key{Ref: s.Task, Position: s.Position()} }

// hasEnded reports whether the run was reported or failed at its deadline.
func (s Stored) hasEnded() bool { return s.Outcome == OutcomeSuccess || s.Outcome == OutcomeFailed }

// owesNotification reports whether the run has ended and its notification may not have been sent.
func (s Stored) owesNotification() bool { return s.hasEnded() && !s.DueAt.IsZero() }

// ended is the run after it ends at the time now. This instance has a lease for the notification.
func (s Stored) ended(outcome Outcome, message string, now time.Time) Stored {
	s.Outcome, s.Message, s.FinishedOn, s.DueAt = outcome, message, now, time.Time{}
	if s.asksToBeToldOf(outcome) {
		s.DueAt = now.Add(lease)
	}
	return s
}

// expired is the run after it is failed at its deadline.
func (s Stored) expired(now time.Time) Stored {
	s = s.ended(OutcomeFailed, unreported, now)
	s.Overdue = true
	return s
}

// notified is the run after its notification is sent.
func (s Stored) notified() Stored {
	s.DueAt = time.Time{}
	return s
}

// asksToBeToldOf reports whether the task asks for a notification of the outcome.
func (s Stored) asksToBeToldOf(outcome Outcome) bool {
	switch s.Notification {
	case task.NotificationAlways:
		return true
	case task.NotificationOnSuccess:
		return outcome == OutcomeSuccess
	case task.NotificationOnFailure:
		return outcome == OutcomeFailed
	default:
		return false
	}
}

// endedAs reports whether a run that the table refused to end was ended by this very call, whose answer was lost.
// Another instance ends it at another time.
func (s Stored) endedAs(other Stored) bool {
	return s.Outcome == other.Outcome && s.Overdue == other.Overdue && s.FinishedOn.Equal(other.FinishedOn)
}
