package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// registry is the domain's service for clients, on the target's table.
func (t target) registry(now func() time.Time) *client.Registry {
	return client.NewRegistry(dynamo.NewTable(t.client, t.table).Clients(), now)
}

// clients reads every client. bad tells of the records that cannot be read.
func clients(ctx context.Context, registry *client.Registry) (clients []client.Client, bad []error, err error) {
	for c, err := range registry.List(ctx) {
		switch {
		case err == nil:
			clients = append(clients, c)
		case c.ID != "":
			bad = append(bad, clientError(c.ID, err))
		default:
			return nil, nil, err
		}
	}
	return clients, bad, nil
}

// checkClient validates the id of a client before the table is read.
func checkClient(id string) error {
	if err := client.CheckID(id); err != nil {
		return fmt.Errorf("CLIENT: %w", err)
	}
	return nil
}

// clientError says which client was meant, and that the table is as it was where that is known.
func clientError(id string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, client.ErrNotFound):
		return fmt.Errorf("client %q does not exist here: nothing was changed (`make list-clients` shows those that do)", id)
	}
	switch failed := task.AsError(err); {
	case failed.Code == task.CodeUnavailable && failed.Reason != "", failed.Code == task.CodeTooManyRequests:
		return fmt.Errorf("client %s was not changed, because the table did not answer: %w", id, err)
	case failed.Code == task.CodeUnavailable:
		return fmt.Errorf("client %s: it is not known whether it was changed, `make list-clients` shows how it is: %w", id, err)
	}
	return fmt.Errorf("client %s: %w", id, err)
}

// changeLimit is how long a change of one client may take, repeats included.
const changeLimit = 30 * time.Second

// toItsEnd lets a change that has begun end, though the operator presses Ctrl-C: a secret that was stored gets
// delivered, or is taken back.
func toItsEnd(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), changeLimit)
}
