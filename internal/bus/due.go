package bus

import (
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// runDetail is what the details of all events about a run begin with.
type runDetail struct {
	Version int    `json:"version"`
	RunID   string `json:"runId"`
	Account string `json:"account"`
	ID      string `json:"id"`
	TaskID  string `json:"taskId"`
	Name    string `json:"name"`
	Due     string `json:"due"`
	Trigger string `json:"trigger"`
	Missed  int64  `json:"missed"`
}

// dueDetail is the detail of the event Account Task Due.
type dueDetail struct {
	runDetail
	// Parameters and ContentType are left out where Parameters is too large for an event.
	Parameters  *string `json:"parameters,omitempty"`
	ContentType *string `json:"contentType,omitempty"`
	User        string  `json:"user"`
}

func due(e run.Event) dueDetail {
	return dueDetail{
		runDetail: runDetail{
			Version: Version, RunID: e.RunID.String(), Account: e.AccountID, ID: e.ID.String(), TaskID: e.TaskID.String(), Name: e.Name,
			Due: task.FormatDate(e.Due), Trigger: string(e.Trigger), Missed: e.Missed,
		},
		Parameters: e.Parameters, ContentType: e.ContentType, User: e.User,
	}
}
