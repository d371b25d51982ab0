package wire_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wellformed"
	"accounttasks/internal/wire"
)

// answer is an envelope as a client reads it; what is null is empty.
type answer struct {
	XMLName xml.Name `json:"-" xml:"ResponseOfAccountTaskResponse"`
	Error   struct {
		ErrorCode, ErrorReason string
	}
	ResponseData struct {
		Identification struct {
			UserID string `json:"UserId" xml:"UserId"`
		}
		Result string
		Detail *detail
	}
}

type detail struct {
	ID, TaskID, Name                     string
	Enabled                              bool
	Frequency, StartDate, FinishDate     string
	Parameters, ContentType              string
	Notification                         string
	DateCreated, DateModified, LastRunOn string
	LastRunBy, LastModifiedBy            string
	Status, ClientID                     string
}

var (
	asJSON = wire.JSON
	asXML  = wire.Negotiate(http.Header{"Accept": {"application/xml"}})
)

// readAnswer reads an envelope that must be whole, well formed and without members of no one's.
func readAnswer(f wire.Format, b []byte) (a answer, err error) {
	if f == asXML {
		if err := wellformed.XML(string(b)); err != nil {
			return a, err
		}
		return a, xml.Unmarshal(b, &a)
	}
	decoder := json.NewDecoder(bytes.NewReader(b))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&a); err != nil {
		return a, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return a, fmt.Errorf("there is something after the envelope: %v", err)
	}
	return a, nil
}

// task returns the task that the detail describes, without its revision, which responses carry in a header.
func (d detail) task() (task.Task, error) {
	r := detailReader{}
	t := task.Task{
		ID: r.guid(d.ID), Name: d.Name, Enabled: d.Enabled,
		Definition: task.Definition{
			TaskID:     r.guid(d.TaskID),
			Frequency:  task.Frequency(r.member(d.Frequency, task.Frequencies)),
			StartDate:  r.date(d.StartDate),
			FinishDate: r.date(d.FinishDate),
			Parameters: d.Parameters, ContentType: d.ContentType,
			Notification: task.Notification(r.member(d.Notification, task.Notifications)),
		},
		DateCreated: r.date(d.DateCreated), DateModified: r.date(d.DateModified),
		LastRunOn: r.date(d.LastRunOn), LastRunBy: d.LastRunBy, LastModifiedBy: d.LastModifiedBy,
		ClientID: r.guid(d.ClientID),
	}
	return t, r.err
}

// detailReader reads values in the published forms alone, and keeps the first error.
type detailReader struct{ err error }

func (r *detailReader) note(err error) {
	if r.err == nil {
		r.err = err
	}
}

func (r *detailReader) guid(s string) uuid.UUID {
	if s == "" {
		return uuid.Nil
	}
	id, err := uuid.Parse(s)
	if err == nil && id.String() != s {
		err = fmt.Errorf("%q is not the published form of a GUID", s)
	}
	r.note(err)
	return id
}

func (r *detailReader) date(s string) time.Time {
	if s == "" {
		return time.Time{}
	}
	when, err := time.Parse(task.DateLayout, s)
	r.note(err)
	return when.UTC()
}

func (r *detailReader) member(name string, members task.Enum) int {
	number := slices.Index(members, name)
	if number < 0 {
		r.note(fmt.Errorf("%q is not a member of %v", name, members))
	}
	return number
}
