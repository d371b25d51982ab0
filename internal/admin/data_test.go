package main

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

const (
	report  = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
	address = "56c0f226-3d17-40df-8ddb-46b3ad09b70a"
	first   = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
)

// loaded is a stack whose catalogue knows two tasks.
func loaded(t *testing.T) *deployed {
	t.Helper()
	d := deploy(t, map[string]string{"FILE": file(t,
		`{"TaskID": "`+report+`", "Name": "Send scheduled report"}`, ``, `{"TaskID": "{`+strings.ToUpper(address)+`}", "Name": "Import address book"}`)})
	if err := d.loadCatalogue(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d *deployed) catalogue(t *testing.T) map[string]string {
	t.Helper()
	entries, err := dynamo.NewTable(d.table, "tasks").LoadCatalogue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for id, name := range entries.Names {
		names[id.String()] = name
	}
	return names
}

func TestTheCatalogueHasWhatTheFileSays(t *testing.T) {
	d := loaded(t)
	d.variables["FILE"] = file(t, `{"TaskID":"`+report+`","Name":"Send report"}`)
	if err := d.loadCatalogue(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{report: "Send report", address: "Import address book"}
	if got := d.catalogue(t); !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want the new name, and the entry kept that the second file does not have", got)
	}
}

func TestAWrongLineKeepsTheCatalogueAsItIs(t *testing.T) {
	d := loaded(t)
	d.variables["FILE"] = file(t, `{"TaskID":"`+report+`","Name":"Changed"}`, `{"TaskID":"7798c127","Name":"x"}`,
		`{"TaskID":"`+address+`","Name":" "}`, `{"TaskID":"`+address+`","Title":"x"}`, `{"TaskID":"`+report+`","Name":"again"}`,
		`{"TaskID":"`+address+`","Name":"x"} {}`)
	err := d.loadCatalogue(t.Context())
	if err == nil {
		t.Fatal("no error")
	}
	mustSay(t, err.Error(), `line 2: TaskID "7798c127"`, "line 3: entry "+address+" has no Name", `line 4: json: unknown field "Title"`,
		"line 5: entry "+report+" is there twice", "line 6: there is more than one object")
	if got := d.catalogue(t)[report]; got != "Send scheduled report" {
		t.Errorf("the entry is %q", got)
	}
}

// row is a line of the file of tasks.
func row(account, id, definition string) string {
	return `{"AccountID":"` + account + `","ID":"` + id + `","ClientID":"b8a82cbc-8926-4224-9def-9a9e2ad12ba2","Definition":` + definition + `}`
}

const daily = `{"TaskID":"` + report + `","Frequency":"DAILY","Parameters":"{\"a\": 1}","ContentType":"application/json"}`

// update updates a task as the service would, and gives back what the table then has.
func (d *deployed) update(t *testing.T, account, id string) (task.Task, error) {
	t.Helper()
	result, err := dynamo.NewTable(d.table, "tasks").Update(t.Context(), task.ConditionalUpdate{
		AccountID: account, ID: uuid.MustParse(id), Token: "token", Fingerprint: "print", ModifiedAt: morning.Add(time.Hour),
		ModifiedBy: "a.user", Name: "Updated", Definition: task.Definition{TaskID: uuid.MustParse(report), Parameters: "1", ContentType: "application/json"},
	})
	return result.Task, err
}

func TestAnImportedTaskCanBeUpdated(t *testing.T) {
	d := loaded(t)
	d.variables["FILE"] = file(t, row("42", first, daily), row("43", first, `{"Enabled":false,`+daily[1:]))
	if err := d.importTasks(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustSay(t, d.said.String(), "2 tasks are imported; 0 were there already")
	for account, enabled := range map[string]bool{"42": true, "43": false} {
		got, err := d.update(t, account, first)
		if err != nil {
			t.Fatal(err)
		}
		if got.Enabled != enabled || got.Revision.Version != 2 || !got.DateCreated.Equal(morning) ||
			got.ClientID.String() != "b8a82cbc-8926-4224-9def-9a9e2ad12ba2" {
			t.Errorf("account %s: got %+v", account, got)
		}
	}
}

func TestAnImportOverwritesNothing(t *testing.T) {
	d := loaded(t)
	d.variables["FILE"] = file(t, row("42", first, daily))
	if err := d.importTasks(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := d.update(t, "42", first); err != nil {
		t.Fatal(err)
	}
	d.variables["FILE"] = file(t, row("42", first, daily), row("42", address, daily))
	if err := d.importTasks(t.Context()); err != nil {
		t.Fatal(err)
	}
	mustSay(t, d.said.String(), "1 tasks are imported; 1 were there already")
	now, err := d.update(t, "42", first) // its token is known: this reads
	if err != nil {
		t.Fatal(err)
	}
	if now.Revision.Version != 2 || now.Name != "Updated" {
		t.Errorf("the update was overwritten: %+v", now)
	}
}

func TestAWrongTaskKeepsTheWholeFileOut(t *testing.T) {
	d := loaded(t)
	before := d.items(t)
	d.variables["FILE"] = file(t,
		row("42", first, daily),
		row("4#2", first, daily),
		row("42", "a23b4ff9", daily),
		row("42", address, strings.Replace(daily, "DAILY", "FORTNIGHTLY", 1)),
		row("42", address, strings.Replace(daily, report, "c0ffee11-2233-4455-8899-aabbccddeeff", 1)),
		row("42", address, `"text"`),
		row("42", first, daily),
		strings.Replace(row("42", report, daily), "b8a82cbc", "client", 1),
	)
	err := d.importTasks(t.Context())
	if err == nil {
		t.Fatal("no error")
	}
	mustSay(t, err.Error(), "line 2: the account", "line 3: InvalidRequest: ID cannot be", "line 4: InvalidRequest: Frequency cannot be",
		"line 5: UnknownTask", "line 6: the Definition", "line 7: task "+first+" of account 42 is there twice", "line 8: ClientID")
	if strings.Contains(err.Error(), "line 1:") || d.items(t) != before {
		t.Errorf("%d items became %d: %v", before, d.items(t), err)
	}
}

func TestAnImportNamesWhatItNeeds(t *testing.T) {
	d := deploy(t, nil)
	if err := d.importTasks(t.Context()); err == nil || !strings.Contains(err.Error(), "FILE is not set") {
		t.Errorf("got %v", err)
	}
	d.variables["FILE"] = file(t, row("42", first, daily))
	if err := d.importTasks(t.Context()); err == nil || !strings.Contains(err.Error(), "line 1: UnknownTask") {
		t.Errorf("without a catalogue: got %v", err)
	}
}

func TestACommandIsNamed(t *testing.T) {
	for _, arguments := range [][]string{nil, {"register"}, {"load-catalogue", "file"}} {
		if err := run(t.Context(), arguments); err == nil || !strings.Contains(err.Error(), "import-tasks, load-catalogue, register-client") {
			t.Errorf("%q: got %v", arguments, err)
		}
	}
}
