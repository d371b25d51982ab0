package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// exported runs export-tasks, and returns what it wrote.
func (d *deployed) exported(t *testing.T, want string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), exportedFile)
	d.mustRun(t, "export-tasks", []string{"FILE=" + path}, want)
	lines, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(lines)
}

// runHere notes a run of the task.
func (d *deployed) runHere(t *testing.T, id string) {
	t.Helper()
	seen := d.stored(t, id)
	next := seen
	next.LastRunOn, next.LastRunBy, next.Last, next.Claims = morning, run.Scheduler, morning, seen.Claims+1
	if _, saved, err := dynamo.NewTable(d.table, "tasks").Runs().Save(t.Context(), seen, next); err != nil || !saved {
		t.Fatalf("the run is not saved: %v", err)
	}
}

func TestWhatWasChangedHereIsExported(t *testing.T) {
	d, o := deploy(t), newOld(t)
	fourth := "0dd0acc0-0000-4000-8000-000000000001"
	o.write(tasksFile, oldTask(first, "DAILY", ""), oldTask(address, "DAILY", ""), oldTask(report, "DAILY", ""), oldTask(fourth, "DAILY", ""))
	d.mustRun(t, "import", o.from())
	if got := d.exported(t, "changed 0, registered 0, deleted 0, only run 0"); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
	d.update(t, "42", first)
	d.delete(t, address)
	d.runHere(t, report)
	got := strings.Split(d.exported(t, "Tasks exported: changed 1, registered 0, deleted 1, only run 1."), "\n")
	want := []string{
		`{"AccountID":"42","ID":"` + address + `","Deleted":"2026-06-04T03:45:03+00:00"}`,
		`{"AccountID":"42","ID":"` + report + `","Definition":{"Enabled":true,"TaskID":"` + report + `","Frequency":"DAILY","Parameters":"1",` +
			`"ContentType":"application/json","Notification":"NONE"},"DateCreated":"2019-05-06T07:08:09+00:00","DateModified":"2020-01-01T00:00:00+00:00",` +
			`"LastModifiedBy":"old.user","LastRunOn":"2026-06-04T03:45:03+00:00","LastRunBy":"scheduler","Status":"ACTIVE"}`,
		`{"AccountID":"42","ID":"` + first + `","Definition":{"Enabled":true,"TaskID":"` + report + `","Frequency":"NONE","Parameters":"1",` +
			`"ContentType":"application/json","Notification":"NONE"},"DateCreated":"2019-05-06T07:08:09+00:00","DateModified":"2026-06-04T04:45:03+00:00",` +
			`"LastModifiedBy":"a.user","Status":"ACTIVE"}`, "",
	}
	for n, line := range want {
		if n >= len(got) || got[n] != line {
			t.Fatalf("got the lines %q, want %q", got, want)
		}
	}
	d.mustFail(t, "export-tasks", []string{"FILE=" + filepath.Join(o.folder, tasksFile)}, "which exists")
}

// The other platform takes back what was exported, changes some of it, and is imported again.
func TestAnImportAfterTheWayBackBringsWhatHasChangedThere(t *testing.T) {
	d, o := oldWithChangesHere(t)
	lines := strings.Split(strings.TrimSpace(d.exported(t, "changed 2, registered 0, deleted 1")), "\n")
	o.write(exportedFile, lines...)
	d.admin.now = func() time.Time { return morning.AddDate(0, 0, 1) }
	o.write(tasksFile, strings.Replace(lines[2], "NONE", "MONTHLY", 1), strings.Replace(lines[0], `"Status"`, `"LastRunOn":"2026-06-04T12:00:00Z","Status"`, 1))
	d.mustRun(t, "import", o.from(), "tasks 0 new, 1 changed, 1 that have run again.")
	if got := d.stored(t, first); got.Frequency != task.FrequencyMonthly || got.Revision.Version != 3 {
		t.Errorf("got %+v, want the change of the other platform", got.Task)
	}
	if got := d.stored(t, address); got.LastRunOn.IsZero() || got.Revision.Version != 2 {
		t.Errorf("got %+v, want its last run", got.Task)
	}
	// Its token is known still, so a late attempt of the update from before the way back changes nothing.
	if got := d.update(t, "42", first); got.Frequency != task.FrequencyMonthly {
		t.Errorf("got %+v, want the update known", got)
	}
}
