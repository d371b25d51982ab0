package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// exportTasks writes the tasks that have changed here since the last import, in the import's own format, for a platform
// that takes the tasks back. It also lists the clients that the platform lacks.
func (a *admin) exportTasks(given arguments) (job, error) {
	path := given["FILE"]
	if _, err := os.Lstat(path); err == nil {
		return job{}, fmt.Errorf("FILE names %s, which exists: name a new file", path)
	}
	return job{run: func(ctx context.Context, t target) error {
		runs := dynamo.NewTable(t.client, t.table).Runs()
		window, err := runs.Window(ctx)
		if err != nil {
			return err
		}
		changed, err := changedHere(ctx, runs)
		if err != nil {
			return err
		}
		if err := writeNew(path, func(out io.Writer) error { return writeLines(out, changed, a.now()) }); err != nil {
			return err
		}
		a.say("%s", describe(window, a.now()))
		if window.Open(a.now()) {
			a.say("Warning: what changes or runs from now on is not in the file. Stop runs, and the callers, before you export for a way back.")
		}
		a.say("Tasks exported: changed %d, registered %d, deleted %d, only run %d. They are in %s.", countReasons(changed, wasChanged),
			countReasons(changed, wasRegistered), countReasons(changed, wasDeleted), countReasons(changed, wasRun), path)
		return a.showUnexportedClients(ctx, t.registry(a.now))
	}}, nil
}

// reason is why a task is exported.
type reason int

const (
	wasNotChanged reason = iota
	wasChanged
	wasRegistered
	wasDeleted
	wasRun
)

// exportReason compares a task with what the last import wrote. A task that was registered here and deleted again was never
// on the other platform.
func exportReason(t dynamo.StoredTask) reason {
	isImported := t.Mark != dynamo.ImportMark{}
	switch {
	case t.Deleted && isImported:
		return wasDeleted
	case t.Deleted:
		return wasNotChanged
	case !isImported:
		return wasRegistered
	case t.Mark.Revision != t.Revision:
		return wasChanged
	case t.Mark.Runs != t.Prints().Runs:
		return wasRun
	}
	return wasNotChanged
}

type export struct {
	dynamo.StoredTask
	reason
}

// changedHere are the tasks to export, by account and ID.
func changedHere(ctx context.Context, runs dynamo.Runs) ([]export, error) {
	var changed []export
	for stored, err := range runs.All(ctx) {
		if err != nil {
			return nil, err
		}
		if why := exportReason(stored); why != wasNotChanged {
			changed = append(changed, export{stored, why})
		}
	}
	slices.SortFunc(changed, func(a, b export) int {
		return cmp.Or(cmp.Compare(a.AccountID, b.AccountID), slices.Compare(a.ID[:], b.ID[:]))
	})
	return changed, nil
}

func countReasons(changed []export, why reason) (n int) {
	for _, e := range changed {
		if e.reason == why {
			n++
		}
	}
	return n
}

// exportLine is a line of a file of tasks, with its members in the order of taskMembers.
type exportLine struct {
	AccountID  string
	ID         string
	ClientID   string            `json:",omitempty"`
	Definition *exportDefinition `json:",omitempty"`
	DateCreated, DateModified,
	LastModifiedBy,
	LastRunOn, LastRunBy string `json:",omitempty"`
	Status  task.Status `json:",omitempty"`
	Deleted string      `json:",omitempty"`
}

// exportDefinition is an AccountTaskUpdateRequest.
type exportDefinition struct {
	Enabled    bool
	TaskID     string
	Frequency  string
	StartDate  string `json:",omitempty"`
	FinishDate string `json:",omitempty"`
	Parameters, ContentType,
	Notification string
}

func writeLines(out io.Writer, changed []export, now time.Time) error {
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, e := range changed {
		if err := lines.Encode(lineOf(e.StoredTask, now)); err != nil {
			return err
		}
	}
	return nil
}

func lineOf(t dynamo.StoredTask, now time.Time) exportLine {
	line := exportLine{AccountID: t.AccountID, ID: t.ID.String()}
	if t.Deleted {
		line.Deleted = written(t.DeletedAt)
		return line
	}
	line.Definition = &exportDefinition{
		Enabled: t.Enabled, TaskID: t.TaskID.String(), Frequency: t.Frequency.String(), StartDate: written(t.StartDate), FinishDate: written(t.FinishDate),
		Parameters: t.Parameters, ContentType: t.ContentType, Notification: t.Notification.String(),
	}
	if t.ClientID != uuid.Nil {
		line.ClientID = t.ClientID.String()
	}
	line.DateCreated, line.DateModified, line.LastModifiedBy = written(t.DateCreated), written(t.DateModified), t.LastModifiedBy
	line.LastRunOn, line.LastRunBy, line.Status = written(t.LastRunOn), t.LastRunBy, t.Status(now)
	return line
}

// written is a date as a line has it; empty for none.
func written(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return task.FormatDate(t)
}

// writeNew writes a new file that only the operator can read. After an error there is none.
func writeNew(path string, write func(io.Writer) error) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("make the new file that FILE names: %w", err)
	}
	buffered := bufio.NewWriter(file)
	if err := errors.Join(write(buffered), buffered.Flush(), file.Sync(), file.Close()); err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
