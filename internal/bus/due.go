package bus

import (
	"bytes"
	"encoding/json"
	"strings"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// dueDetail is the detail of the event Account Task Due.
type dueDetail struct {
	Version int    `json:"version"`
	RunID   string `json:"runId"`
	Account string `json:"account"`
	ID      string `json:"id"`
	TaskID  string `json:"taskId"`
	Name    string `json:"name"`
	Due     string `json:"due"`
	Trigger string `json:"trigger"`
	Missed  int64  `json:"missed"`
	// Parameters and ContentType are left out where Parameters is too large for an event.
	Parameters  *string `json:"parameters,omitempty"`
	ContentType *string `json:"contentType,omitempty"`
	User        string  `json:"user"`
}

func due(e run.Event) (string, error) {
	return write(dueDetail{
		Version: Version, RunID: e.RunID.String(), Account: e.AccountID, ID: e.ID.String(), TaskID: e.TaskID.String(), Name: e.Name,
		Due: task.FormatDate(e.Due), Trigger: string(e.Trigger), Missed: e.Missed,
		Parameters: e.Parameters, ContentType: e.ContentType, User: e.User,
	})
}

// write writes a detail without escapes that only HTML needs: they would make Parameters in XML six times as long.
func write(detail any) (string, error) {
	var written bytes.Buffer
	encoder := json.NewEncoder(&written)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(detail)
	return strings.TrimSpace(written.String()), err
}
