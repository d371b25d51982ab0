package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// old is a folder as another platform exports it.
type old struct {
	t      *testing.T
	folder string
}

func newOld(t *testing.T) old {
	o := old{t, t.TempDir()}
	o.write(catalogueFile, entryLine(report, "Send report"))
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`))
	o.write(tasksFile, oldTask(first, "DAILY", ""))
	return o
}

func (o old) write(name string, lines ...string) {
	o.t.Helper()
	if err := os.WriteFile(filepath.Join(o.folder, name), []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		o.t.Fatal(err)
	}
}

func (o old) from(variables ...string) []string {
	return append([]string{"FROM=" + o.folder}, variables...)
}

func entryLine(id, name string) string { return fmt.Sprintf(`{"TaskID":%q,"Name":%q}`, id, name) }

// oldTask is a line of a task of account 42 that was created in 2019, with more members.
func oldTask(id, frequency, more string) string {
	return fmt.Sprintf(`{"AccountID":"42","ID":%q,"Definition":{"TaskID":%q,"Frequency":%q,"Parameters":"1","ContentType":"application/json"},`+
		`"DateCreated":"2019-05-06T07:08:09Z","DateModified":"2020-01-01T00:00:00Z","LastModifiedBy":"old.user"%s}`, id, report, frequency, more)
}

// stored is the task of account 42 in the table.
func (d *deployed) stored(t *testing.T, id string) run.State {
	t.Helper()
	s, _, err := dynamo.NewTable(d.table, "tasks").Runs().Read(t.Context(), run.Ref{AccountID: "42", ID: uuid.MustParse(id)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestAnImportCarriesWhatWas(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(tasksFile, oldTask(first, "DAILY", `,"LastRunOn":"2026-06-03T07:08:11Z","LastRunBy":"old.scheduler","ClientID":"b8a82cbc-8926-4224-9def-9a9e2ad12ba2","Status":"ACTIVE"`),
		oldTask(address, "HOURLY", `,"LastRunOn":null,"Status":"DISABLED"`))
	d.mustRun(t, "import", o.from(), "Found: catalogue entries 1, clients 1, tasks 2 of 1 accounts.",
		"DAILY      1      1        1         2026-06-03T07:08:11Z  2026-06-04T07:08:09Z  1",
		"HOURLY     1      0        0         -                     -                     0",
		"Entries added: 1", "Clients imported: 1;", "Tasks imported: 2;")
	got := d.stored(t, first)
	want := task.Task{DateCreated: date("2019-05-06T07:08:09Z"), DateModified: date("2020-01-01T00:00:00Z"), LastModifiedBy: "old.user",
		LastRunOn: date("2026-06-03T07:08:11Z"), LastRunBy: "old.scheduler"}
	if !got.DateCreated.Equal(want.DateCreated) || !got.DateModified.Equal(want.DateModified) || got.LastModifiedBy != want.LastModifiedBy ||
		!got.LastRunOn.Equal(want.LastRunOn) || got.LastRunBy != want.LastRunBy || got.ClientID.String() != "b8a82cbc-8926-4224-9def-9a9e2ad12ba2" || !got.Enabled {
		t.Errorf("got %+v, want %+v", got.Task, want)
	}
	if next := (run.Window{From: morning}).Next(got, morning); !next.Equal(date("2026-06-04T07:08:09Z")) {
		t.Errorf("got the next run at %v, want the time of day at which the task was created", next)
	}
	if d.stored(t, address).Enabled {
		t.Error("a task with the Status DISABLED is enabled")
	}
	d.mustGetToken(t, client.Credential{ClientID: "first", Secret: "secret of 2019"}, "42", "a.user")
}

func date(written string) time.Time {
	at, err := time.Parse(time.RFC3339, written)
	if err != nil {
		panic(err)
	}
	return at
}

func TestAnImportedRunIsNeitherRepeatedNorLost(t *testing.T) {
	for _, test := range []struct{ name, lastRun, start, now, want string }{
		{"it ran today", "2026-06-04T07:08:11Z", "2026-06-04T07:00:00Z", "2026-06-04T07:30:00Z", "2026-06-05T07:08:09Z"},
		{"it did not run today", "2026-06-03T07:08:11Z", "2026-06-04T07:00:00Z", "2026-06-04T07:30:00Z", "2026-06-04T07:08:09Z"},
		{"it did not run today, before the start", "2026-06-03T07:08:11Z", "2026-06-04T07:10:00Z", "2026-06-04T07:30:00Z", "2026-06-05T07:08:09Z"},
		{"it is imported after the start", "2026-06-03T07:08:11Z", "2026-06-04T07:00:00Z", "2026-06-04T09:00:00Z", "2026-06-04T07:08:09Z"},
	} {
		d, o := deploy(t), newOld(t)
		o.write(tasksFile, oldTask(first, "DAILY", `,"LastRunOn":"`+test.lastRun+`"`))
		d.admin.now = func() time.Time { return date(test.now) }
		d.mustRun(t, "import", o.from())
		if got := (run.Window{From: date(test.start)}).Next(d.stored(t, first), date(test.now)); !got.Equal(date(test.want)) {
			t.Errorf("%s: got the next run at %v, want %s", test.name, got, test.want)
		}
	}
}

func TestACheckWritesNothing(t *testing.T) {
	d, o := deploy(t), newOld(t)
	before := d.items(t)
	d.mustRun(t, "check-import", o.from(), "To be imported: clients 1 new, 0 changed; tasks 1 new", "Nothing was written.")
	if after := d.items(t); len(after) != len(before) {
		t.Errorf("got the items %v, want none", after)
	}
}

func TestACheckAfterTheStartOfRunsCountsTheDayFromNowOn(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(tasksFile, oldTask(first, "DAILY", `,"LastRunOn":"2026-06-10T07:08:11Z"`))
	d.mustRun(t, "start-runs", []string{"AT=" + morning.Format(time.RFC3339)})
	d.admin.now = func() time.Time { return morning.AddDate(0, 0, 7) }
	d.mustRun(t, "check-import", o.from(), "DAILY      1      1        1         2026-06-10T07:08:11Z  2026-06-11T07:08:09Z  1")
}

func TestAnImportRunAgainBringsWhatHasChanged(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "DAILY", ""), oldTask(report, "DAILY", ""))
	d.mustRun(t, "import", o.from())
	before := d.items(t)
	d.mustRun(t, "import", o.from(), "To be imported: clients 0 new, 0 changed; tasks 0 new, 0 changed, 0 that have run again.", "there already and unchanged: 3;")
	if after := fmt.Sprint(d.items(t)); after != fmt.Sprint(before) {
		t.Errorf("the table changed from %v to %v", before, after)
	}
	tag := d.stored(t, first).Revision
	o.write(tasksFile, oldTask(first, "DAILY", `,"LastRunOn":"2026-06-04T02:00:00Z","LastRunBy":"s"`), oldTask(address, "WEEKLY", ""), oldTask(report, "DAILY", ""),
		oldTask("0dd0acc0-0000-4000-8000-000000000001", "YEARLY", ""))
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2020"`), clientLine("second", `"Secret":"secret of 2019"`))
	d.mustRun(t, "import", o.from(), "Clients imported: 1; changed: 1;", "Tasks imported: 1; changed: 1; have run again: 1; there already and unchanged: 1;")
	if got := d.stored(t, first); got.Revision != tag || !got.Last.Equal(date("2026-06-04T02:00:00Z")) {
		t.Errorf("got revision %v and Last %v after a run, want %v and the run", got.Revision, got.Last, tag)
	}
	if got := d.stored(t, address); got.Frequency != task.FrequencyWeekly || got.Revision.Version != 2 {
		t.Errorf("got %+v, want the changed task as its second version", got.Task)
	}
	d.mustGetToken(t, client.Credential{ClientID: "first", Secret: "secret of 2020"}, "42", "a.user")
	if d.token(t, client.Credential{ClientID: "first", Secret: "secret of 2019"}) != "" {
		t.Error("the old secret still gets a token")
	}
}

// The summary says what was written, not what was to be.
func TestAnImportCountsWhatItHasWritten(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "DAILY", ""))
	d.mustRun(t, "import", o.from())
	o.write(tasksFile, oldTask(first, "WEEKLY", ""), oldTask(address, "WEEKLY", ""))
	looked := false
	d.meddle(t, func(operation string) bool {
		if operation == "Scan" && !looked {
			looked = true
			d.update(t, "42", first)
		}
		return false
	})
	said, err := d.run(t, "import", o.from()...)
	if err == nil {
		t.Fatal("no error")
	}
	mustSay(t, err.Error(), "1 more have changed or run here since this command looked at them, and were left")
	mustSay(t, said, "Tasks imported: 0; changed: 1;")
}

func TestAnImportWithoutAnythingExportedBefore(t *testing.T) {
	d, o := deploy(t), newOld(t)
	d.mustRun(t, "import", o.from())
	o.write(exportedFile, d.exported(t, "changed 0, registered 0, deleted 0, only run 0"))
	d.mustRun(t, "import", o.from(), "there already and unchanged: 1;")
}

func TestAnImportLeavesWhatWasChangedHere(t *testing.T) {
	d, o := oldWithChangesHere(t)
	before := d.items(t)
	o.write(tasksFile, oldTask(first, "WEEKLY", ""), oldTask(address, "DAILY", `,"LastRunOn":"2026-06-04T02:00:00Z"`), oldTask(report, "WEEKLY", ""))
	d.mustRun(t, "import", o.from(),
		"1 tasks differ in the files and were changed here; they stay as they are here: "+first+" of account 42.",
		"1 tasks were deleted here, and stay deleted: "+report+" of account 42.",
		"Tasks that were changed here only: 1;", "tasks 0 new, 0 changed, 0 that have run again.")
	if after := fmt.Sprint(d.items(t)); after != fmt.Sprint(before) {
		t.Errorf("the table changed from %v to %v", before, after)
	}
}

// oldWithChangesHere has imported three tasks of the other platform, and then updated two of them and deleted the third.
func oldWithChangesHere(t *testing.T) (*deployed, old) {
	t.Helper()
	d, o := deploy(t), newOld(t)
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "DAILY", ""), oldTask(report, "DAILY", ""))
	d.mustRun(t, "import", o.from())
	d.update(t, "42", first)
	d.update(t, "42", address)
	d.delete(t, report)
	return d, o
}

func (d *deployed) delete(t *testing.T, id string) {
	t.Helper()
	_, err := dynamo.NewTable(d.table, "tasks").Delete(t.Context(), task.Deletion{
		AccountID: "42", ID: uuid.MustParse(id), DeletedAt: morning, Token: "deleted", Fingerprint: "d"})
	if err != nil {
		t.Fatal(err)
	}
}

func TestWhatIsGoneIsDeletedOnlyIfTheOperatorSaysSo(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "DAILY", ""), oldTask(report, "DAILY", ""))
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`), clientLine("second", `"Secret":"secret of 2019"`))
	d.mustRun(t, "import", o.from())
	d.update(t, "42", report)
	o.write(tasksFile, oldTask(first, "DAILY", ""))
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`))
	d.mustFail(t, "import", o.from(), "1 tasks and 1 clients that an earlier import brought are not in the files any more", "GONE=delete", "GONE=keep")
	d.mustFail(t, "import", o.from("GONE=later"), `GONE is "later"`)
	d.mustRun(t, "import", o.from("GONE=keep"), "1 tasks are not in the files any more and were changed here; they stay: "+report)
	d.mustRun(t, "import", o.from("GONE=delete"), "removed: 1.")
	if got := d.stored(t, address); got.ID != uuid.Nil {
		t.Errorf("got %+v, want no task", got.Task)
	}
	if d.stored(t, report).ID == uuid.Nil || d.token(t, client.Credential{ClientID: "second", Secret: "secret of 2019"}) != "" {
		t.Error("the task that was changed here is gone, or the client is not")
	}
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "DAILY", ""))
	d.mustRun(t, "import", o.from(), "Tasks imported: 1;")
}

func TestEveryWrongLineOfEveryFileIsNamed(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(catalogueFile, entryLine(report, "Send report"), entryLine("x", "y"))
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`), `{}`)
	o.write(tasksFile, oldTask(first, "DAILY", `,"LastRunOn":"2026-06-04T06:00:00+02:00"`),
		oldTask(address, "DAILY", `,"LastRunOn":"yesterday"`),
		oldTask(address, "DAILY", `,"Status":"ASLEEP"`),
		strings.Replace(oldTask(address, "DAILY", `,"Status":"DISABLED"`), `"Parameters"`, `"Enabled":true,"Parameters"`, 1),
		strings.Replace(oldTask(address, "DAILY", ""), report, "c0ffee11-2233-4455-8899-aabbccddeeff", 1),
		`{"AccountID":"42","ID":"`+address+`","Deleted":"2026-06-04T00:00:00Z"}`,
		oldTask(address, "DAILY", ""), oldTask(address, "DAILY", ""))
	d.mustFail(t, "import", o.from(), "nothing was written", "catalogue.jsonl:\nline 2: ", "clients.jsonl:\nline 2: ",
		"tasks.jsonl:\nline 1: LastRunOn \"2026-06-04T06:00:00+02:00\" is in the future",
		"line 2: LastRunOn \"yesterday\" is not a date", "line 3: Status \"ASLEEP\" is not one of", "line 4: Status is DISABLED, and Enabled is true",
		"line 5: UnknownTask", "line 6: member Deleted is for exported.jsonl", "line 8: task "+address+" of account 42 is on line 5 already")
	said, _ := d.run(t, "check-import", o.from()...)
	mustSay(t, said, "1 TaskIDs are not in the catalogue: c0ffee11-2233-4455-8899-aabbccddeeff (1 tasks).")
	d.mustFail(t, "import", []string{"FROM=" + t.TempDir()}, "none of the files")
	d.mustFail(t, "import", []string{"FROM=" + t.TempDir() + "/missing"}, "FROM names no folder")
	d.mustFail(t, "import", []string{"FROM=" + filepath.Join(o.folder, "tasks.jsonl")}, "is a file: name the folder")
}

func TestAReportNamesStrangers(t *testing.T) {
	d, o := deploy(t), newOld(t)
	o.write(clientsFile, clientLine("first", `"Secret":"secret of 2019"`), strings.Replace(clientLine("idle", `"Secret":"secret of 2019"`), `"42"`, `"44"`, 1))
	o.write(tasksFile, oldTask(first, "DAILY", `,"ClientID":"b8a82cbc-8926-4224-9def-9a9e2ad12ba2"`), strings.Replace(oldTask(first, "DAILY", ""), `"42"`, `"43"`, 1))
	d.mustRun(t, "check-import", o.from(), "1 clients have an account without tasks: idle of account 44.", "1 accounts have tasks and no client: 43.",
		"1 ClientIDs of tasks are not in the file of clients: b8a82cbc-8926-4224-9def-9a9e2ad12ba2.")
}
