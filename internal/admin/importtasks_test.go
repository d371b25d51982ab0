package main

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// taskLine is a line of the file of tasks.
func taskLine(account, id, definition string) string {
	return `{"AccountID":"` + account + `","ID":"` + id + `","ClientID":"b8a82cbc-8926-4224-9def-9a9e2ad12ba2","Definition":` + definition + `}`
}

const daily = `{"TaskID":"` + report + `","Frequency":"DAILY","Parameters":"{\"a\": 1}","ContentType":"application/json"}`

// update updates a task as the service would, and gives back what the table then has.
func (d *deployed) update(t *testing.T, account, id string) task.Task {
	t.Helper()
	result, err := dynamo.NewTable(d.table, "tasks").Update(t.Context(), task.ConditionalUpdate{
		AccountID: account, ID: uuid.MustParse(id), Token: "token", Fingerprint: "print", ModifiedAt: morning.Add(time.Hour),
		ModifiedBy: "a.user", Name: "Updated", Definition: task.Definition{TaskID: uuid.MustParse(report), Parameters: "1", ContentType: "application/json"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result.Task
}

func TestAnImportedTaskCanBeUpdated(t *testing.T) {
	d := loaded(t)
	d.mustRun(t, "import-tasks", files(t, taskLine("42", first, daily), taskLine("43", first, `{"Enabled":false,`+daily[1:])),
		"Tasks imported: 2; changed: 0; have run again: 0; there already and unchanged: 0; removed: 0.")
	for account, enabled := range map[string]bool{"42": true, "43": false} {
		got := d.update(t, account, first)
		if got.Enabled != enabled || got.Revision.Version != 2 || !got.DateCreated.Equal(morning) ||
			got.ClientID.String() != "b8a82cbc-8926-4224-9def-9a9e2ad12ba2" {
			t.Errorf("account %s: got %+v", account, got)
		}
	}
}

func TestAnImportOverwritesNothing(t *testing.T) {
	d := loaded(t)
	d.mustRun(t, "import-tasks", files(t, taskLine("42", first, daily)))
	d.update(t, "42", first)
	d.mustRun(t, "import-tasks", files(t, taskLine("42", first, daily), taskLine("42", address, daily)),
		"Tasks imported: 1; changed: 0; have run again: 0; there already and unchanged: 1; removed: 0.")
	if now := d.update(t, "42", first); now.Revision.Version != 2 || now.Name != "Updated" { // its token is known: this reads
		t.Errorf("the update was overwritten: %+v", now)
	}
}

func TestAWrongTaskKeepsTheWholeFileOut(t *testing.T) {
	tests := []struct{ line, want string }{
		{taskLine("4#2", first, daily), `the account "4#2"`},
		{taskLine("42", "a23b4ff9", daily), `ID "a23b4ff9" is not the GUID of a task`},
		{taskLine("42", address, strings.Replace(daily, "DAILY", "FORTNIGHTLY", 1)), "Frequency cannot be"},
		{taskLine("42", address, strings.Replace(daily, report, "c0ffee11-2233-4455-8899-aabbccddeeff", 1)), "UnknownTask"},
		{taskLine("42", address, `"text"`), "Definition: it is not a JSON object"},
		{taskLine("42", address, `{"Enbled":false,`+daily[1:]), `Definition: "Enbled" is not one of Enabled, TaskID,`},
		{taskLine("42", address, `{"enabled":false,`+daily[1:]), `Definition: "enabled" must be spelled Enabled`},
		{taskLine("42", address, `{"TaskID":"`+report+`",`+daily[1:]), "Definition: TaskID is there twice"},
		{taskLine("42", first, daily), "task " + first + " of account 42 is on line 1 already"},
		{strings.Replace(taskLine("42", report, daily), "b8a82cbc", "client", 1), "ClientID"},
		{`{"AccountID":"42","Definition":` + daily + `}`, "ID is missing"},
		{`{"AccountID":"42","ID":"` + address + `"}`, "Definition is missing"},
	}
	d := loaded(t)
	for _, test := range tests {
		d.mustFail(t, "import-tasks", files(t, taskLine("42", first, daily), test.line), "nothing was written", "line 2: ", test.want)
	}
	var lines []string
	for _, test := range tests {
		lines = append(lines, test.line)
	}
	_, err := d.run(t, "import-tasks", files(t, append([]string{taskLine("42", first, daily)}, lines...)...)...)
	if err == nil || strings.Count(err.Error(), "\nline ") != len(tests) || strings.Contains(err.Error(), "line 1:") {
		t.Errorf("got %v, want each of the %d wrong lines named once, in order", err, len(tests))
	}
}

func TestATaskNeedsTheCatalogue(t *testing.T) {
	d := deploy(t)
	d.mustFail(t, "import-tasks", files(t, taskLine("42", first, daily)), "line 1: UnknownTask")
}
