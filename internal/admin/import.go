package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// What becomes of tasks and clients that an earlier import brought and the files do not have any more.
const (
	goneDelete = "delete"
	goneKeep   = "keep"
)

// importing is an import that is under way.
type importing struct {
	*admin
	target
	files    *importFiles
	registry *client.Registry
	runs     dynamo.Runs
	window   run.Window
	started  time.Time

	before  map[uuid.UUID]string // the catalogue of the table
	tasks   []taskChange
	clients []clientChange
}

// importTasks brings the tasks of one file.
func (a *admin) importTasks(given arguments) (job, error) {
	f := &importFiles{exported: map[run.Ref]taskRow{}}
	wrong, err := f.readTasks(given["FILE"], a.now())
	f.hasTasks, f.wrong = false, []fileLines{{"", wrong}} // the file need not have all tasks
	return a.importOf(f, goneKeep, true), err
}

// importFolder brings catalogue, clients and tasks of a folder, after all of it was judged.
func (a *admin) importFolder(given arguments) (job, error) {
	gone := given["GONE"]
	files, err := readFolder(given["FROM"], a.now())
	if gone != "" && gone != goneDelete && gone != goneKeep {
		err = errors.Join(err, fmt.Errorf("GONE is %q: say %s or %s", gone, goneDelete, goneKeep))
	}
	return a.importOf(files, gone, true), err
}

// checkImport does what importFolder does before it writes.
func (a *admin) checkImport(given arguments) (job, error) {
	files, err := readFolder(given["FROM"], a.now())
	return a.importOf(files, goneKeep, false), err
}

func (a *admin) importOf(files *importFiles, gone string, write bool) job {
	return job{wrong: files.err(), run: func(ctx context.Context, t target) error {
		table := dynamo.NewTable(t.client, t.table)
		i := &importing{admin: a, target: t, files: files, registry: t.registry(a.now), runs: table.Runs(), started: a.now().UTC().Truncate(task.DateResolution)}
		if err := i.judge(ctx, table); err != nil {
			return err
		}
		i.report()
		if err := i.refusal(gone); err != nil {
			return err
		}
		if !write {
			i.say("Nothing was written.")
			return nil
		}
		return i.write(ctx, gone)
	}}
}

// judge validates the files by the rules and compares them with the table. It writes nothing.
func (i *importing) judge(ctx context.Context, table *dynamo.Table) error {
	copied, err := table.LoadCatalogue(ctx)
	if err != nil {
		return errors.Join(i.files.err(), err)
	}
	i.before = copied.Names
	changes, err := i.validated(ctx)
	if err != nil {
		return err
	}
	if i.window, err = i.runs.Window(ctx); err != nil {
		return err
	}
	if i.tasks, err = judgeTasks(ctx, i.runs, changes, i.files); err != nil {
		return err
	}
	i.clients, err = judgeClients(ctx, i.registry, i.files)
	return err
}

// merged is the catalogue as it will be. It implements task.CatalogueSource.
type merged map[uuid.UUID]string

func (m merged) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: m}, nil
}

// validated are the tasks of the files that the rules allow. What they do not allow is noted in the files.
func (i *importing) validated(ctx context.Context) (map[run.Ref]taskChange, error) {
	catalogue := task.NewCatalogue(merged(i.files.names(i.before)), i.now, slog.New(slog.DiscardHandler))
	if err := catalogue.Refresh(ctx); err != nil {
		return nil, err
	}
	service := task.NewService(nil, catalogue, i.now, uuid.New)
	changes := make(map[run.Ref]taskChange, len(i.files.tasks))
	for _, row := range i.files.tasks {
		allowed, err := service.ValidateImport(ctx, row.Imported)
		if err != nil {
			i.files.addWrong(row.line, err)
			continue
		}
		changes[row.ref()] = taskChange{Import: allowed, line: row.line}
	}
	return changes, nil
}

// refusal is why nothing of the import is written.
func (i *importing) refusal(gone string) error {
	if err := i.files.err(); err != nil {
		return err
	}
	tasks, clients := count(i.tasks, isGone), count(i.clients, isGone)
	if gone != "" || tasks+clients == 0 {
		return nil
	}
	return fmt.Errorf("nothing was written: %d tasks and %d clients that an earlier import brought are not in the files any more. "+
		"Say GONE=%s to delete them here as well, or GONE=%s to keep them", tasks, clients, goneDelete, goneKeep)
}

// judged is a change with its verdict.
type judged interface{ is(...verdict) bool }

func (v verdict) is(any ...verdict) bool { return slices.Contains(any, v) }

func count[T judged](changes []T, any ...verdict) (n int) {
	for _, c := range changes {
		if c.is(any...) {
			n++
		}
	}
	return n
}

// chosen are the changes with one of the verdicts.
func chosen[T judged](changes []T, any ...verdict) []T {
	return slices.DeleteFunc(slices.Clone(changes), func(c T) bool { return !c.is(any...) })
}
