package main

import "context"

// retireSecret removes the older of a client's two secrets, or the one that SECRET_ID names, and the tokens that were
// got with it.
func (a *admin) retireSecret(given arguments) (job, error) {
	id := given["CLIENT"]
	if err := checkClient(id); err != nil {
		return job{}, err
	}
	return job{run: func(ctx context.Context, t target) error {
		retired, err := t.registry(a.now).RetireSecret(ctx, id, given["SECRET_ID"])
		if err != nil {
			return clientError(id, err)
		}
		a.say("Secret %s of client %s is no longer good, and its tokens end within a minute.", retired, id)
		return nil
	}}, nil
}
