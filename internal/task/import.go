package task

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Imported is a task as another system has it.
type Imported struct {
	AccountID string
	// ClientID is the client that registered the task; the zero GUID where unknown.
	ClientID uuid.UUID
	History
	// UpdateRequest is the task, with the ID that it has in that system.
	UpdateRequest
}

// History is what became of a task in another system. Dates are in UTC; what is unknown has its zero value.
type History struct {
	DateCreated, DateModified time.Time
	LastModifiedBy            string
	LastRunOn                 time.Time
	LastRunBy                 string
}

// Import is an imported task that the rules allow, on its way to the table.
type Import struct {
	AccountID string
	// Task is the task as it will be, with a new token as its revision.
	Task Task
	// Since is the time from which its definition applies: occurrences since then that have not run are still to run.
	Since time.Time
	Prints
}

// Prints are fingerprints of what a system says of a task. Those of equal statements are equal.
type Prints struct {
	// Edit is that of all that callers can change, and of who changed it when. Runs is that of the last run.
	Edit, Runs string
}

// ValidateImport checks an imported task by the rules of Register and writes nothing. What the other system does not know
// of it is as for a task that is registered now. The error is one of Problems.Err, or of the catalogue.
func (s *Service) ValidateImport(ctx context.Context, i Imported) (Import, error) {
	request := i.UpdateRequest
	name, err := s.validated(ctx, &request)
	if err != nil {
		return Import{}, err
	}
	created := s.newTask(request, name, freshToken(s.newID()))
	created.ClientID = i.ClientID
	created.LastModifiedBy, created.LastRunBy, created.LastRunOn = i.LastModifiedBy, i.LastRunBy, i.LastRunOn
	created.DateCreated = firstOf(i.DateCreated, i.DateModified, created.DateCreated)
	created.DateModified = firstOf(i.DateModified, i.DateCreated, created.DateModified)
	// A task from before the fields were kept has neither date, and its anchor is the import.
	stated := created
	stated.DateCreated, stated.DateModified = i.DateCreated, i.DateModified
	return Import{AccountID: i.AccountID, Task: created, Since: created.DateModified, Prints: stated.Prints()}, nil
}

// firstOf is the first date that is known.
func firstOf(dates ...time.Time) time.Time {
	for _, date := range dates {
		if !date.IsZero() {
			return date
		}
	}
	return time.Time{}
}

// Prints are the fingerprints of the task as it is.
func (t Task) Prints() Prints {
	body := RequestBody{Definition: t.Definition, Enabled: &t.Enabled}
	return Prints{
		Edit: digest(body.fingerprint(), FormatDate(t.DateCreated), FormatDate(t.DateModified), t.LastModifiedBy, t.ClientID.String()),
		Runs: digest(FormatDate(t.LastRunOn), t.LastRunBy),
	}
}
