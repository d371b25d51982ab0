package main

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"accounttasks/internal/client"
)

// importClients registers the file's clients with the ids and secrets that they have. One that is there already stays
// as it is, so that an interrupted import can be repeated.
func (a *admin) importClients(given arguments) (job, error) {
	rows, wrong, err := clientRows(given["FILE"])
	if err := errors.Join(err, wrong.err()); err != nil {
		return job{}, err
	}
	return job{run: func(ctx context.Context, t target) error { return a.importRows(ctx, t.registry(a.now), rows) }}, nil
}

// progressStep is after how many clients the command says how far it is: a plain secret takes a while to hash.
const progressStep = 1000

func (a *admin) importRows(ctx context.Context, registry *client.Registry, rows []clientRow) error {
	all := make([]client.ImportedClient, len(rows))
	for i, row := range rows {
		all[i] = row.ImportedClient
	}
	if err := registry.PrepareImport(ctx, all); err != nil {
		return err
	}
	var done outcomes
	err := writeAll(ctx, rows, func(ctx context.Context, row clientRow) error {
		created, err := registry.Import(ctx, row.ImportedClient)
		if err := done.note(row, created, err); err != nil {
			return err
		}
		if n := done.total(); n%progressStep == 0 && n < len(rows) {
			a.say("%d of %d …", n, len(rows))
		}
		return nil
	})
	a.say("Clients imported: %d; there already and unchanged: %d.", done.created, done.same+len(done.others))
	if list := done.others.list(); list != nil {
		err = errors.Join(err, fmt.Errorf("these clients are different in the table and in the file, and they stay as they are in the table:\n%w", list))
	}
	return err
}

// outcomes counts what became of the clients of a file. It is safe for concurrent use.
type outcomes struct {
	mu            sync.Mutex
	created, same int
	others        wrongLines
}

// note counts the outcome of one client; the error is for what failed at the table.
func (o *outcomes) note(row clientRow, created bool, err error) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case errors.Is(err, client.ErrExists):
		o.others.add(row.line, clientError(row.Client.ID, err))
	case err != nil:
		return clientError(row.Client.ID, err)
	case created:
		o.created++
	default:
		o.same++
	}
	return nil
}

func (o *outcomes) total() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.created + o.same + len(o.others)
}
