package stack

import (
	"encoding/json"
	"strings"

	"accounttasks/internal/bus"
)

// event prints a line for each run that is due, and for each notification. The task's Parameters stay out of it, and
// what a worker reports too.
func (c *console) event(source, detailType string, detail []byte) {
	if source != bus.Source {
		return
	}
	var run struct{ RunID, Account, ID, Name, Due, Trigger, User, Outcome, Notification string }
	if err := json.Unmarshal(detail, &run); err != nil {
		c.line("%s: an event that is not readable: %v", detailType, err)
		return
	}
	switch detailType {
	case bus.TaskDue:
		asked := "by the schedule"
		if run.Trigger != "SCHEDULE" {
			asked = "asked for by " + printable(run.User)
		}
		c.line("RUN %s  task %s of account %s, due %s, %s  run %s", printable(run.Name), run.ID, printable(run.Account), run.Due, asked, run.RunID)
	case bus.TaskNotification:
		c.line("TELL %s  run %s of account %s ended with %s, and its task notifies %s", printable(run.Name), run.RunID, printable(run.Account), run.Outcome, run.Notification)
	}
}

// printable keeps control characters from the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return '?'
		}
		return r
	}, text)
}
