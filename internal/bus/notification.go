package bus

import (
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// notificationDetail is the detail of the event Account Task Notification. It has no Parameters.
type notificationDetail struct {
	runDetail
	StartedOn    string `json:"startedOn"`
	FinishedOn   string `json:"finishedOn"`
	Outcome      string `json:"outcome"`
	Message      string `json:"message"`
	Notification string `json:"notification"`
	User         string `json:"user"`
	ModifiedBy   string `json:"modifiedBy"`
}

func notification(s run.Stored) notificationDetail {
	return notificationDetail{
		runDetail: runDetail{
			Version: Version, RunID: s.ID.String(), Account: s.Task.AccountID, ID: s.Task.ID.String(), TaskID: s.TaskID.String(), Name: s.Name,
			Due: task.FormatDate(s.Due), Trigger: string(s.Trigger), Missed: s.Missed,
		},
		StartedOn: task.FormatDate(s.StartedOn), FinishedOn: task.FormatDate(s.FinishedOn),
		Outcome: string(s.Outcome), Message: s.Message, Notification: s.Notification.String(),
		User: s.User, ModifiedBy: s.ModifiedBy,
	}
}
