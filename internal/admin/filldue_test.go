package main

import (
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// due are the tasks that the runner looks at next.
func (d *deployed) due(t *testing.T) map[run.Ref]bool {
	t.Helper()
	found := map[run.Ref]bool{}
	for shard := range run.Shards {
		page, _, err := dynamo.NewTable(d.table, "tasks").Runs().Due(t.Context(), shard, morning, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range page {
			found[key.Ref] = true
		}
	}
	return found
}

func TestTasksFromBeforeAreBroughtToTheRunnerOnce(t *testing.T) {
	d := loaded(t)
	old := run.Ref{AccountID: "42", ID: uuid.MustParse(first)}
	if _, err := dynamo.PutIfAbsent(t.Context(), d.table, "tasks", dynamo.TaskItem(old.AccountID, task.Task{ID: old.ID, Enabled: true})); err != nil {
		t.Fatal(err)
	}
	d.mustRun(t, "fill-due", nil, "Tasks that run from now on: 1;")
	if got := d.due(t); len(got) != 1 || !got[old] {
		t.Errorf("got %v, want the task in the index", got)
	}
	before := d.items(t)
	d.mustRun(t, "fill-due", nil, "Tasks that run from now on: 0;")
	for key, item := range d.items(t) {
		if before[key] != item {
			t.Errorf("the second run has changed %s from %s to %s", key, before[key], item)
		}
	}
}

func TestAnImportedTaskIsBroughtToTheRunner(t *testing.T) {
	d := loaded(t)
	d.mustRun(t, "import-tasks", files(t, taskLine("42", first, daily)))
	if got := d.due(t); len(got) != 1 {
		t.Errorf("got %v, want the imported task in the index", got)
	}
	d.mustRun(t, "fill-due", nil, "Tasks that run from now on: 0;")
}
