package main

import (
	"context"
	"errors"
	"fmt"

	"accounttasks/internal/client"
)

// revokeTokens ends all tokens of one client or, after a restore of the table, of every client. Secrets stay good.
func (a *admin) revokeTokens(given arguments) (job, error) {
	id, all := given["CLIENT"], given["ALL"]
	switch {
	case (id == "") == (all == ""):
		return job{}, errors.New("set either CLIENT, or ALL=yes for every client")
	case all != "" && all != "yes":
		return job{}, fmt.Errorf("ALL is %q: set ALL=yes for every client", all)
	case all == "":
		if err := checkClient(id); err != nil {
			return job{}, err
		}
		return job{run: func(ctx context.Context, t target) error { return a.revoke(ctx, t, id) }}, nil
	}
	return job{run: a.revokeAll}, nil
}

func (a *admin) revoke(ctx context.Context, t target, id string) error {
	if err := t.registry(a.now).RevokeTokens(ctx, id); err != nil {
		return clientError(id, err)
	}
	a.say("The tokens of client %s end within a minute. It gets new ones with its secret.", id)
	return nil
}

func (a *admin) revokeAll(ctx context.Context, t target) error {
	registry := t.registry(a.now)
	found, bad, err := clients(ctx, registry)
	if err != nil {
		return err
	}
	if len(found) == 0 {
		return errors.Join(append(bad, errors.New("the table has no clients: nothing was changed"))...)
	}
	ids := make([]string, len(found))
	for i, c := range found {
		ids[i] = c.ID
	}
	err = writeAll(ctx, ids, func(ctx context.Context, id string) error {
		err := registry.RevokeTokens(ctx, id)
		if errors.Is(err, client.ErrNotFound) {
			return nil // another operator has removed it meanwhile, with its tokens
		}
		return clientError(id, err)
	})
	if err == nil {
		a.say("The tokens of all %d clients end within a minute. They get new ones with their secrets.", len(ids))
	}
	return errors.Join(append(bad, err)...)
}
