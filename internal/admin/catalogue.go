package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/wire"
)

// catalogueRow is one line of the catalogue's file.
type catalogueRow struct{ TaskID, Name string }

// loadCatalogue puts the file's entries into the table. An entry that is there gets the file's name; one
// that the file does not have stays. The whole file is right, or nothing is written.
func (a *admin) loadCatalogue(ctx context.Context) error {
	given, err := a.required("STACK", "FILE")
	if err != nil {
		return err
	}
	names := map[uuid.UUID]string{}
	err = readLines(given["FILE"], func(row catalogueRow) error { return row.enter(names) })
	if err != nil {
		return err
	}
	s, err := a.readStack(ctx, given["STACK"])
	if err != nil {
		return err
	}
	for id, name := range names {
		_, err := a.table.PutItem(ctx, &dynamodb.PutItemInput{TableName: &s.tableName, Item: dynamo.CatalogueItem(id, name)})
		if err != nil {
			return fmt.Errorf("put the catalogue entry %s (loading the file again does no harm): %w", id, err)
		}
	}
	a.say("The catalogue has the file's %d entries.", len(names))
	return nil
}

func (row catalogueRow) enter(names map[uuid.UUID]string) error {
	id, ok := wire.ParseGUID(row.TaskID)
	switch {
	case !ok || id == uuid.Nil:
		return fmt.Errorf("TaskID %q is no GUID of a task", row.TaskID)
	case strings.TrimSpace(row.Name) == "":
		return fmt.Errorf("entry %s has no Name", id)
	}
	if _, twice := names[id]; twice {
		return fmt.Errorf("entry %s is there twice", id)
	}
	names[id] = row.Name
	return nil
}
