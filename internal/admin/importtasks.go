package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// verdict is what an import does with a task.
type verdict int

const (
	isNew       verdict = iota // the table does not have it
	isSame                     // the file says what it said at the last import, or what the table has
	isChanged                  // changed in the file, and not here: it is replaced
	hasRun                     // only its last run is another one: that is brought
	isKept                     // changed here, and not in the file: it stays
	isConflict                 // changed here and in the file: it stays, and is named
	isDeleted                  // deleted here: it stays so, and is named
	isRunning                  // a run of it is being started here: it stays for now, and is named
	isGone                     // not in the file any more, and not changed here
	isGoneThere                // not in the file any more, and changed here: it stays, and is named
)

// taskChange is one task of an import, or one that the import lacks, with the verdict.
type taskChange struct {
	verdict
	task.Import
	seen *run.State // nil where the table has none; without Parameters
	line int        // 0 where the file has none
}

// judge compares a task of the file with the one that the table has. exported is the line of the task that export-tasks
// has written, if there is one.
func judge(i task.Import, stored *dynamo.StoredTask, exported *task.Prints) verdict {
	if stored == nil {
		return isNew
	}
	now := stored.Prints()
	isImported := stored.Mark != dynamo.ImportMark{}
	untouched := isImported && stored.Mark.Revision == stored.Revision
	base := stored.Mark.Edit
	if !untouched && exported != nil && exported.Edit == now.Edit {
		untouched, base = true, now.Edit
	}
	switch {
	case stored.Deleted:
		return isDeleted
	case untouched && i.Prints == stored.Mark.Prints && stored.Mark.Revision == stored.Revision:
		return isSame
	case untouched && stored.Open != nil:
		return isRunning
	case untouched && i.Edit == base:
		return hasRun
	case untouched:
		return isChanged
	case i.Edit == now.Edit:
		return isSame
	case isImported && i.Edit == stored.Mark.Edit:
		return isKept
	}
	return isConflict
}

// judgeTasks compares the tasks of the files with those of the table. It reads the whole table once.
func judgeTasks(ctx context.Context, runs dynamo.Runs, imports map[run.Ref]taskChange, files *importFiles) ([]taskChange, error) {
	exported := map[run.Ref]*task.Prints{}
	for ref, row := range files.exported {
		if !row.deleted {
			exported[ref] = new(row.prints())
		}
	}
	var gone []taskChange
	isWhole := files.hasTasks && files.err() == nil // the tasks of wrong lines are not gone
	for stored, err := range runs.All(ctx) {
		if err != nil {
			return nil, err
		}
		ref := stored.Ref()
		change, inFile := imports[ref]
		if inFile {
			change.verdict = judge(change.Import, &stored, exported[ref])
			change.seen = slim(stored.State)
			imports[ref] = change
			continue
		}
		if v, is := goneVerdict(stored, exported[ref]); is && isWhole {
			gone = append(gone, taskChange{verdict: v, seen: slim(stored.State), Import: task.Import{AccountID: ref.AccountID, Task: slim(stored.State).Task}})
		}
	}
	changes := slices.Collect(maps.Values(imports))
	slices.SortFunc(changes, func(a, b taskChange) int { return a.line - b.line })
	return append(changes, gone...), nil
}

// goneVerdict is that of a task that the file does not have; is is false for one that the other system never had.
func goneVerdict(stored dynamo.StoredTask, exported *task.Prints) (v verdict, is bool) {
	isImported := stored.Mark != dynamo.ImportMark{}
	switch {
	case stored.Deleted || !isImported && exported == nil:
		return 0, false
	case isImported && stored.Mark.Revision == stored.Revision, exported != nil && exported.Edit == stored.Prints().Edit:
		return isGone, true
	}
	return isGoneThere, true
}

// slim leaves out what an import does not compare: ten thousand tasks fit into memory, whatever their Parameters.
func slim(s run.State) *run.State {
	s.Parameters, s.Marks = "", nil
	return &s
}

// prints are the fingerprints of a line that export-tasks has written, which states everything.
func (r taskRow) prints() task.Prints {
	return task.Task{
		Definition: r.Definition, Enabled: r.Enabled == nil || *r.Enabled, ClientID: r.ClientID,
		DateCreated: r.DateCreated, DateModified: r.DateModified, LastModifiedBy: r.LastModifiedBy,
		LastRunOn: r.LastRunOn, LastRunBy: r.LastRunBy,
	}.Prints()
}

// apply writes what the verdict says. written is false where the task has changed or run since it was judged.
func (c taskChange) apply(ctx context.Context, runs dynamo.Runs, now time.Time) (written bool, err error) {
	switch c.verdict {
	case isNew:
		written, err = runs.ImportTask(ctx, c.Import, nil, now)
	case isChanged:
		written, err = runs.ImportTask(ctx, c.Import, c.seen, now)
	case hasRun:
		written, err = runs.ImportRuns(ctx, c.Import, *c.seen, now)
	case isGone:
		written, err = runs.RemoveImported(ctx, *c.seen)
	default:
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("task %s of account %s: %w", c.Task.ID, c.AccountID, err)
	}
	return written, nil
}
