package main

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// loadCatalogue puts the file's entries into the table. An entry that the table has gets the file's name; one
// that the file does not have stays.
func (a *admin) loadCatalogue(given arguments) (job, error) {
	names := map[uuid.UUID]string{}
	wrong, err := readLines(given["FILE"], func(_ int, line string) error { return readEntry(line, names) })
	if err := errors.Join(err, wrong.err()); err != nil {
		return job{}, err
	}
	return job{run: func(ctx context.Context, t target) error { return a.putEntries(ctx, t, names) }}, nil
}

// readEntry validates one line and adds it to the names.
func readEntry(line string, names map[uuid.UUID]string) error {
	r := readRow(line, "TaskID", "Name")
	written, isID := r.text("TaskID")
	name, isName := r.text("Name")
	id, ok := wire.ParseGUID(written)
	switch _, twice := names[id]; {
	case !isID:
	case !ok:
		r.refuse("TaskID %.60q is not a GUID", written)
	case twice:
		r.refuse("entry %s is there twice", id)
	case isName:
		r.add(task.CheckCatalogueEntry(id, name))
	}
	if ok {
		names[id] = name
	}
	return r.err()
}

// catalogueChange is one entry on its way to the table.
type catalogueChange struct {
	id        uuid.UUID
	name, old string
	isNew     bool
}

func (a *admin) putEntries(ctx context.Context, t target, names map[uuid.UUID]string) error {
	before, err := dynamo.NewTable(t.client, t.table).LoadCatalogue(ctx)
	if err != nil {
		return err
	}
	changes := compare(names, before.Names)
	err = writeAll(ctx, changes, func(ctx context.Context, c catalogueChange) error {
		_, err := t.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &t.table, Item: dynamo.CatalogueItem(c.id, c.name)})
		if err != nil {
			return fmt.Errorf("put the catalogue entry %s: %w", c.id, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	added := 0
	for _, c := range changes {
		if c.isNew {
			added++
		} else {
			a.say("Entry %s is renamed from %.256q to %q.", c.id, c.old, c.name)
		}
	}
	all := maps.Clone(before.Names)
	maps.Copy(all, names)
	a.say("Entries added: %d, renamed: %d, unchanged: %d. The catalogue has %d in all.", added, len(changes)-added, len(names)-len(changes), len(all))
	a.warnOfBadRows(before, names)
	return nil
}

// compare tells what must be written.
func compare(names, before map[uuid.UUID]string) []catalogueChange {
	var changes []catalogueChange
	for id, name := range names {
		if old, found := before[id]; !found || old != name {
			changes = append(changes, catalogueChange{id: id, name: name, old: old, isNew: !found})
		}
	}
	return changes
}

// warnOfBadRows shows the rows that the service leaves out and the file has not replaced.
func (a *admin) warnOfBadRows(before task.CatalogueCopy, names map[uuid.UUID]string) {
	for _, err := range before.Skipped {
		a.say("Warning: the service cannot use a row of the catalogue: %v", err)
	}
	for id, name := range before.Names {
		if _, replaced := names[id]; !replaced {
			if err := task.CheckCatalogueEntry(id, name); err != nil {
				a.say("Warning: the service cannot use a row of the catalogue: %v", err)
			}
		}
	}
}
