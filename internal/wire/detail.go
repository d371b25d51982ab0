package wire

import (
	"strconv"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Detail is what an answer shows: the members of one object, or of each entry of a list. An entry that is a bare
// value is one member without a name.
type Detail struct{ objects [][]member }

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
	memberBare                    // a boolean or a number, which JSON writes without quotation marks
)

func (m member) isNull() bool { return m.text == "" }

// TaskDetail shows one task, with its status at the time now.
func TaskDetail(t *task.Task, now time.Time) *Detail { return &Detail{[][]member{taskMembers(t, now)}} }

// TasksDetail lists tasks. A summary leaves their Parameters null (contract section 5.18).
func TasksDetail(tasks []task.Task, now time.Time, summary bool) *Detail {
	return listOf(tasks, func(t task.Task) []member {
		if summary {
			t.Parameters = ""
		}
		return taskMembers(&t, now)
	})
}

// CatalogueDetail lists entries of the catalogue.
func CatalogueDetail(entries []task.CatalogueEntry) *Detail {
	return listOf(entries, func(e task.CatalogueEntry) []member {
		return []member{guidMember("ID", e.ID), {"Name", e.Name, memberText}}
	})
}

// DatesDetail lists dates.
func DatesDetail(dates []time.Time) *Detail {
	return listOf(dates, func(when time.Time) []member { return []member{{"", task.FormatDate(when), memberValue}} })
}

// Run is a run of a task as an answer shows it (contract section 8). Zero dates and empty texts are null.
type Run struct {
	RunID                 uuid.UUID
	Due                   time.Time
	Trigger               string
	StartedOn, FinishedOn time.Time
	Outcome, Message      string
	Missed                int64
}

// RunsDetail lists runs.
func RunsDetail(runs []Run) *Detail {
	return listOf(runs, func(r Run) []member {
		return []member{
			guidMember("RunID", r.RunID),
			dateMember("Due", r.Due),
			{"Trigger", r.Trigger, memberText},
			dateMember("StartedOn", r.StartedOn),
			dateMember("FinishedOn", r.FinishedOn),
			{"Outcome", r.Outcome, memberText},
			{"Message", r.Message, memberText},
			{"Missed", strconv.FormatInt(r.Missed, 10), memberBare},
		}
	})
}

// ClientDetail shows a client that was added, the only time that its secret is shown.
func ClientDetail(id, name, secret string, userID uuid.UUID) *Detail {
	return &Detail{[][]member{{
		{"ID", id, memberText}, {"Name", name, memberText}, {"Secret", secret, memberText}, guidMember("UserID", userID),
	}}}
}

// EmptyDetail shows nothing.
func EmptyDetail() *Detail { return &Detail{[][]member{nil}} }

func listOf[E any](entries []E, members func(E) []member) *Detail {
	objects := make([][]member, len(entries))
	for i, entry := range entries {
		objects[i] = members(entry)
	}
	return &Detail{objects}
}

// taskMembers lists the members of AccountTaskResponse in their published order. After the first four come the fields
// of the request in their own order.
func taskMembers(t *task.Task, now time.Time) []member {
	enabled := &t.Enabled
	body := task.RequestBody{Enabled: enabled, Definition: t.Definition}
	members := append(make([]member, 0, 17),
		member{"ID", t.ID.String(), memberValue},
		fieldMember(body.Slot(task.FieldTaskID)),
		member{"Name", t.Name, memberText},
		fieldMember(body.Slot(task.FieldEnabled)),
	)
	for _, slot := range body.Slots() {
		if slot.Field != task.FieldTaskID && slot.Field != task.FieldEnabled {
			members = append(members, fieldMember(slot))
		}
	}
	return append(members,
		dateMember("DateCreated", t.DateCreated),
		dateMember("DateModified", t.DateModified),
		dateMember("LastRunOn", t.LastRunOn),
		member{"LastRunBy", t.LastRunBy, memberText},
		member{"LastModifiedBy", t.LastModifiedBy, memberText},
		member{"Status", string(t.Status(now)), memberText},
		guidMember("ClientID", t.ClientID),
	)
}

// fieldMember shows a field of the request by the type of its value.
func fieldMember(slot task.Slot) member {
	text, set := task.TextOf(slot.Value)
	name := slot.Field.String()
	switch slot.Value.(type) {
	case **bool:
		return member{name, text, memberBare}
	case *uuid.UUID, *time.Time:
		if !set && !slot.Field.NeverNull() {
			text = ""
		}
		return member{name, text, memberValue}
	}
	return member{name, text, memberText}
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
