//go:build quickstarts

package clients_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"accounttasks/internal/openapi/quickstart"
)

// quickstartOutput is what each program prints, with ID in place of the new task's ID.
const quickstartOutput = `Token: valid for 28799 seconds
Registered: ID Send scheduled report
Read: WEEKLY
Updated: DAILY
Repeated: 200 true
Changed since: 412 DAILY
Listed: 4 tasks
Refused: 400 Frequency cannot be "FORTNIGHTLY": send one of NONE, HOURLY, DAILY, WEEKLY, MONTHLY or YEARLY. ` +
	`Parameters is not well-formed JSON (it ends too early): send text in the format that ContentType names.
Deleted: 200
`

var uuid = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// TestQuickStarts runs the first client in every language, as the reference page shows it.
func TestQuickStarts(t *testing.T) {
	origin := startStack(t)
	for _, program := range quickstart.Programs() {
		t.Run(program.Language, func(t *testing.T) {
			command := quickstartCommand(t, program)
			output := run(t, []string{"API=" + origin}, command[0], command[1:]...)
			output = uuid.ReplaceAllString(output, "ID")
			output = strings.ReplaceAll(output, `\"`, `"`) // curl shows JSON's text
			if output != quickstartOutput {
				t.Errorf("got\n%swant\n%s", output, quickstartOutput)
			}
		})
	}
}

// quickstartCommand is the command that runs a program. Mono runs the C# program in place of dotnet.
func quickstartCommand(t *testing.T, program quickstart.Program) []string {
	t.Helper()
	file := filepath.Join("../../openapi/quickstart", filepath.FromSlash(program.File))
	if program.ID == "csharp" {
		return []string{"mono", compileCSharp(t, "quickstart", file)}
	}
	command := strings.Fields(program.Command)
	command[len(command)-1] = file
	return command
}
