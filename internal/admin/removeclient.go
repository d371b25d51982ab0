package main

import "context"

// removeClient removes a client with its secrets. Its tokens are good no longer.
func (a *admin) removeClient(given arguments) (job, error) {
	id := given["CLIENT"]
	if err := checkClient(id); err != nil {
		return job{}, err
	}
	return job{run: func(ctx context.Context, t target) error {
		removed, err := t.registry(a.now).Remove(ctx, id)
		if err != nil {
			return clientError(id, err)
		}
		a.say("Client %s (%s) of account %s is removed; its tokens end within a minute.", id, removed.Name, removed.AccountID)
		return nil
	}}, nil
}
