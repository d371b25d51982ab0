package wire

import (
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Envelope is the published answer, ResponseOfAccountTaskResponse (contract section 2). Every answer of the
// service is one (section 5.10).
type Envelope struct {
	// Failure is what went wrong; nil in the answer to a success.
	Failure *task.Error
	// UserID is the caller's user; empty while the caller is not known.
	UserID string
	// Detail is the task in question, if the answer shows one.
	Detail *task.Task
	// Now is the time for which the task's status is told.
	Now time.Time
}

// result is the published word for how the request ended.
func (e Envelope) result() string {
	if e.Failure != nil {
		return "Failure"
	}
	return "Success"
}

// Write writes the envelope in the format.
func (e Envelope) Write(f Format) []byte {
	if f.isXML() {
		return e.appendXML(nil)
	}
	return e.appendJSON(nil)
}

// member is one member of a published object with what the formats need to write it.
type member struct {
	name string
	text string
	kind memberKind
}

type memberKind int

const (
	memberText  memberKind = iota // empty text is null, which XML leaves out
	memberValue                   // a date or GUID: empty is null, which XML writes as xsi:nil
	memberFlag                    // true or false
)

func (m member) isNull() bool { return m.text == "" }

// detail lists the members of AccountTaskResponse in their published order.
func detail(t *task.Task, now time.Time) []member {
	enabled := "false"
	if t.Enabled {
		enabled = "true"
	}
	return []member{
		{"ID", t.ID.String(), memberValue},
		guidMember("TaskID", t.TaskID),
		{"Name", t.Name, memberText},
		{"Enabled", enabled, memberFlag},
		{"Frequency", t.Frequency.String(), memberText},
		{"StartDate", task.FormatDate(t.StartDate), memberValue}, // never null: contract section 5.6
		dateMember("FinishDate", t.FinishDate),
		{"Parameters", t.Parameters, memberText},
		{"ContentType", t.ContentType, memberText},
		{"Notification", t.Notification.String(), memberText},
		dateMember("DateCreated", t.DateCreated),
		dateMember("DateModified", t.DateModified),
		dateMember("LastRunOn", t.LastRunOn),
		{"LastRunBy", t.LastRunBy, memberText},
		{"LastModifiedBy", t.LastModifiedBy, memberText},
		{"Status", string(t.Status(now)), memberText},
		guidMember("ClientID", t.ClientID),
	}
}

func guidMember(name string, id uuid.UUID) member {
	if id == uuid.Nil {
		return member{name, "", memberValue}
	}
	return member{name, id.String(), memberValue}
}

func dateMember(name string, t time.Time) member {
	if t.IsZero() {
		return member{name, "", memberValue}
	}
	return member{name, task.FormatDate(t), memberValue}
}
