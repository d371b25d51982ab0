package main

import (
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// The members of a task's line beside those of its Definition.
const (
	memberAccountID = "AccountID"
	memberStatus    = "Status"
	memberDeleted   = "Deleted"
)

// taskMembers are the members of a task's line: an AccountTaskUpdateRequest, as a caller would send it, whose it is, and
// what became of it.
var taskMembers = []string{memberAccountID, "ID", "ClientID", "Definition", "DateCreated", "DateModified", "LastModifiedBy",
	"LastRunOn", "LastRunBy", memberStatus, memberDeleted}

// taskRow is one task of a file.
type taskRow struct {
	task.Imported
	// deleted says that export-tasks has written the line for a task that was deleted.
	deleted bool
	line    int
}

// readTaskRow reads and validates one line, at the time now.
func readTaskRow(line string, now time.Time) (taskRow, error) {
	var parsed taskRow
	var ok bool
	r := readRow(line, taskMembers...)
	if parsed.AccountID, ok = r.text(memberAccountID); ok {
		r.add(task.CheckAccountID(parsed.AccountID))
	}
	if written, ok := r.text("ID"); ok {
		if parsed.ID, ok = wire.ParseGUID(written); !ok || parsed.ID == uuid.Nil {
			r.refuse("ID %.60q is not the GUID of a task", written)
		}
	}
	if r.has(memberDeleted) {
		parsed.deleted = true
		r.date(memberDeleted, now)
		return parsed, r.err()
	}
	if written, ok := r.nullableText("ClientID"); ok && written != "" {
		if parsed.ClientID, ok = wire.ParseGUID(written); !ok {
			r.refuse("ClientID %.60q is not a GUID", written)
		}
	}
	id := parsed.ID
	parsed.UpdateRequest = r.definition()
	parsed.ID = id
	parsed.History = r.history(now)
	r.status(&parsed.UpdateRequest)
	return parsed, r.err()
}

// history reads what became of the task so far.
func (r *row) history(now time.Time) task.History {
	return task.History{
		DateCreated: r.date("DateCreated", now), DateModified: r.date("DateModified", now), LastRunOn: r.date("LastRunOn", now),
		LastModifiedBy: r.user("LastModifiedBy"), LastRunBy: r.user("LastRunBy"),
	}
}

// ahead is how far the other system's clock may be ahead.
const ahead = 5 * time.Minute

// date reads a date of the past; one that is left out, null or .NET's zero date is the zero time.
func (r *row) date(name string, now time.Time) time.Time {
	written, ok := r.nullableText(name)
	if !ok || written == "" {
		return time.Time{}
	}
	date, ok := wire.ParseDate(written)
	switch {
	case !ok:
		r.refuse("%s %.60q is not a date such as 2026-11-30T08:00:00Z", name, written)
	case date.After(now.Add(ahead)):
		r.refuse("%s %.60q is in the future (a date without an offset is in UTC)", name, written)
	}
	return date
}

func (r *row) user(name string) string {
	written, ok := r.nullableText(name)
	if ok && written != "" && task.CheckName(written) != nil {
		r.refuse("%s: %w", name, task.CheckName(written))
	}
	return written
}

// status holds the published Status, which is computed, against Enabled: DISABLED alone says that the task is.
func (r *row) status(update *task.UpdateRequest) {
	written, ok := r.nullableText(memberStatus)
	if !ok || written == "" {
		return
	}
	isOff := task.Status(written) == task.StatusDisabled
	switch task.Status(written) {
	case task.StatusDisabled, task.StatusPending, task.StatusFinished, task.StatusActive:
	default:
		r.refuse("Status %.60q is not one of DISABLED, PENDING, FINISHED, ACTIVE: leave it out", written)
		return
	}
	switch {
	case update.Enabled != nil && *update.Enabled == isOff:
		r.refuse("Status is %s, and Enabled is %t", written, *update.Enabled)
	case update.Enabled == nil && isOff:
		update.Enabled = new(bool)
	}
}

// nullableText is the value of a member that is a string or null where it is there.
func (r *row) nullableText(name string) (value string, ok bool) {
	if r.values[name] == "null" {
		return "", true
	}
	return r.optionalText(name)
}

// definition reads the member Definition, whose own members must be spelled as published, once each. What the rules
// refuse is in the request's Problems.
func (r *row) definition() task.UpdateRequest {
	written, found := r.values["Definition"]
	if !found {
		r.refuse("Definition is missing")
		return task.UpdateRequest{}
	}
	var published []string
	for _, field := range task.BodyFields {
		published = append(published, field.String())
	}
	inner := readRow(written, published...)
	for _, problem := range inner.problems {
		r.refuse("Definition: %w", problem)
	}
	if len(inner.problems) > 0 {
		return task.UpdateRequest{}
	}
	update, err := wire.ReadUpdate(wire.Body{Bytes: []byte(written), ContentType: task.ContentTypeJSON})
	if err != nil {
		r.refuse("Definition: %w", err)
	}
	return update
}
