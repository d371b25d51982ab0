package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// The files of a folder that is imported. Each may be missing.
const (
	catalogueFile = "catalogue.jsonl"
	clientsFile   = "clients.jsonl"
	tasksFile     = "tasks.jsonl"
	// exportedFile is what export-tasks wrote when the other system took the tasks back. A task that is still as it says
	// counts as not changed here.
	exportedFile = "exported.jsonl"
)

// importFiles are the files of an import, as far as their lines can be read.
type importFiles struct {
	catalogue map[uuid.UUID]string
	clients   []clientRow
	tasks     []taskRow
	exported  map[run.Ref]taskRow
	// whole says that tasks and clients are all that the other system has, so that what it had before is gone there.
	hasTasks, hasClients bool
	wrong                []fileLines
}

// fileLines are the wrong lines of one file.
type fileLines struct {
	name  string // empty for the file that FILE names
	lines wrongLines
}

// errNothingToImport names the files that are looked for.
var errNothingToImport = fmt.Errorf("FROM is a folder with none of the files %s, %s and %s", catalogueFile, clientsFile, tasksFile)

// readFolder reads the files of a folder that are there.
func readFolder(folder string, now time.Time) (*importFiles, error) {
	f := &importFiles{catalogue: map[uuid.UUID]string{}, exported: map[run.Ref]taskRow{}}
	switch info, err := os.Stat(folder); {
	case err != nil:
		return f, fmt.Errorf("FROM names no folder: %w", err)
	case !info.IsDir():
		return f, fmt.Errorf("FROM=%s is a file: name the folder that it is in", folder)
	}
	var errs []error
	found := 0
	for _, file := range []struct {
		name string
		read func(path string) (wrongLines, error)
	}{
		{catalogueFile, f.readCatalogue},
		{clientsFile, f.readClients},
		{tasksFile, func(path string) (wrongLines, error) { return f.readTasks(path, now) }},
		{exportedFile, func(path string) (wrongLines, error) { return f.readExported(path, now) }},
	} {
		path := filepath.Join(folder, file.name)
		if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
			continue
		}
		if file.name != exportedFile {
			found++
		}
		wrong, err := file.read(path)
		errs = append(errs, err)
		f.wrong = append(f.wrong, fileLines{file.name, wrong})
	}
	if found == 0 {
		errs = append(errs, errNothingToImport)
	}
	return f, errors.Join(errs...)
}

func (f *importFiles) readCatalogue(path string) (wrongLines, error) {
	return readLines(path, func(_ int, line string) error { return readEntry(line, f.catalogue) })
}

func (f *importFiles) readClients(path string) (wrong wrongLines, err error) {
	f.clients, wrong, err = clientRows(path)
	f.hasClients = true
	return wrong, err
}

func (f *importFiles) readTasks(path string, now time.Time) (wrongLines, error) {
	f.hasTasks = true
	lines := map[run.Ref]int{}
	return readLines(path, func(number int, line string) error {
		row, err := readTaskRow(line, now)
		switch other, twice := lines[row.ref()]; {
		case err != nil:
			return err
		case row.deleted:
			return fmt.Errorf("member Deleted is for %s: leave the line of a deleted task out", exportedFile)
		case twice:
			return fmt.Errorf("task %s of account %s is on line %d already", row.ID, row.AccountID, other)
		}
		row.line = number
		lines[row.ref()] = number
		f.tasks = append(f.tasks, row)
		return nil
	})
}

// readExported reads what export-tasks wrote. The file is empty if nothing was changed here.
func (f *importFiles) readExported(path string, now time.Time) (wrongLines, error) {
	wrong, err := readLines(path, func(_ int, line string) error {
		row, err := readTaskRow(line, now)
		if err == nil {
			f.exported[row.ref()] = row
		}
		return err
	})
	if errors.Is(err, errNoLine) {
		return nil, nil
	}
	return wrong, err
}

// ref names the task.
func (r taskRow) ref() run.Ref { return run.Ref{AccountID: r.AccountID, ID: r.ID} }

// addWrong notes that a line of the tasks is wrong.
func (f *importFiles) addWrong(line int, err error) {
	for n := range f.wrong {
		if f.wrong[n].name == tasksFile || f.wrong[n].name == "" {
			f.wrong[n].lines.add(line, err)
		}
	}
}

// err names every wrong line of every file; nil where there is none.
func (f *importFiles) err() error {
	var all []error
	for _, file := range f.wrong {
		list := file.lines.list()
		if list != nil && file.name != "" {
			list = fmt.Errorf("%s:\n%w", file.name, list)
		}
		all = append(all, list)
	}
	if joined := errors.Join(all...); joined != nil {
		return fmt.Errorf("nothing was written, because the file is wrong:\n%w", joined)
	}
	return nil
}

// names are the entries of the catalogue as they will be after the import.
func (f *importFiles) names(before map[uuid.UUID]string) map[uuid.UUID]string {
	all := maps.Clone(before)
	maps.Copy(all, f.catalogue)
	return all
}
