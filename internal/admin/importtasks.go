package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// taskRow is one task of the file: an AccountTaskUpdateRequest, as a caller would send it, with whose it is.
type taskRow struct {
	task.Imported
	line int
}

// importTasks registers the file's tasks. A task that is there already stays as it is, so that an import
// was interrupted can be repeated. Nothing is written unless the whole file is valid.
func (a *admin) importTasks(given arguments) (job, error) {
	var rows []taskRow
	lines := map[string]int{}
	wrong, err := readLines(given["FILE"], func(number int, line string) error {
		row, err := readTaskRow(line)
		if err != nil {
			return err
		}
		key := row.AccountID + " " + row.ID.String()
		if other, twice := lines[key]; twice {
			return fmt.Errorf("task %s of account %s is on line %d already", row.ID, row.AccountID, other)
		}
		lines[key] = number
		rows = append(rows, taskRow{row, number})
		return nil
	})
	if err != nil {
		return job{}, err
	}
	return job{wrong: wrong.err(), run: func(ctx context.Context, t target) error { return a.registerTasks(ctx, t, rows, wrong) }}, nil
}

func readTaskRow(line string) (task.Imported, error) {
	var parsed task.Imported
	var ok bool
	r := readRow(line, "AccountID", "ID", "ClientID", "Definition")
	if parsed.AccountID, ok = r.text("AccountID"); ok {
		r.add(task.CheckAccountID(parsed.AccountID))
	}
	if written, ok := r.optionalText("ClientID"); ok && written != "" {
		if parsed.ClientID, ok = wire.ParseGUID(written); !ok {
			r.refuse("ClientID %.60q is not a GUID", written)
		}
	}
	parsed.UpdateRequest = r.definition()
	if written, ok := r.text("ID"); ok {
		if parsed.ID, ok = wire.ParseGUID(written); !ok || parsed.ID == uuid.Nil {
			r.refuse("ID %.60q is not the GUID of a task", written)
		}
	}
	return parsed, r.err()
}

// definition reads the member Definition, whose own members must be spelled as published, once each. What the rules
// refuse is in the request's Problems.
func (r *row) definition() task.UpdateRequest {
	written, found := r.values["Definition"]
	if !found {
		r.refuse("Definition is missing")
		return task.UpdateRequest{}
	}
	var published []string
	for _, field := range task.BodyFields {
		published = append(published, field.String())
	}
	inner := readRow(written, published...)
	for _, problem := range inner.problems {
		r.refuse("Definition: %w", problem)
	}
	if len(inner.problems) > 0 {
		return task.UpdateRequest{}
	}
	update, err := wire.Read(wire.Body{Bytes: []byte(written), ContentType: task.ContentTypeJSON})
	if err != nil {
		r.refuse("Definition: %w", err)
	}
	return update
}

// registerTasks validates the rows by the rules and the table's catalogue, then writes the new ones.
func (a *admin) registerTasks(ctx context.Context, t target, rows []taskRow, wrong wrongLines) error {
	table := dynamo.NewTable(t.client, t.table)
	catalogue := task.NewCatalogue(table, a.now, slog.New(slog.NewTextHandler(a.out, nil)))
	if err := catalogue.Refresh(ctx); err != nil {
		return errors.Join(wrong.err(), err)
	}
	service := task.NewService(table, catalogue, a.now, uuid.New)
	registrations := make([]task.Registration, len(rows))
	for i, row := range rows {
		var err error
		if registrations[i], err = service.ValidateImport(ctx, row.Imported); err != nil {
			wrong.add(row.line, err)
		}
	}
	if err := wrong.err(); err != nil {
		return err
	}
	var imported atomic.Int64
	err := writeAll(ctx, registrations, func(ctx context.Context, r task.Registration) error {
		created, err := service.Import(ctx, r)
		if created {
			imported.Add(1)
		}
		return err
	})
	if err != nil {
		return err
	}
	a.say("Tasks imported: %d; there already and unchanged: %d.", imported.Load(), len(rows)-int(imported.Load()))
	return nil
}
