package stack

import (
	"encoding/json"
	"strings"

	"accounttasks/internal/bus"
)

// event prints a line for each run that is due: what runs, and who asked for it. The task's Parameters stay out of it.
func (c *console) event(source, detailType string, detail []byte) {
	if source != bus.Source || detailType != bus.TaskDue {
		return
	}
	var run struct{ RunID, Account, ID, Name, Due, Trigger, User string }
	if err := json.Unmarshal(detail, &run); err != nil {
		c.line("%s: an event that is not readable: %v", detailType, err)
		return
	}
	asked := "by the schedule"
	if run.Trigger != "SCHEDULE" {
		asked = "asked for by " + printable(run.User)
	}
	c.line("RUN %s  task %s of account %s, due %s, %s  run %s", printable(run.Name), run.ID, printable(run.Account), run.Due, asked, run.RunID)
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
