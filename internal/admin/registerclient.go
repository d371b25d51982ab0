package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/client"
)

// registerClient registers a client with a new secret. A client whose secret could not be delivered is removed
// again.
func (a *admin) registerClient(given arguments) (job, error) {
	wanted := client.Client{
		AccountID: given["ACCOUNT"], UserID: given["USER_ID"], Name: given["NAME"], Scopes: strings.Fields(given["SCOPES"]),
	}
	if len(wanted.Scopes) == 0 {
		wanted.Scopes = defaultScopes()
	}
	wanted.ID = uuid.NewString()
	if err := errors.Join(wanted.Validate(), a.checkDelivery(given["SECRET_FILE"])); err != nil {
		return job{}, err
	}
	return job{run: func(ctx context.Context, t target) error {
		return a.withDelivery(ctx, given["SECRET_FILE"], func(ctx context.Context, d *delivery) error {
			return a.register(ctx, t.registry(a.now), wanted, d)
		})
	}}, nil
}

func (a *admin) register(ctx context.Context, registry *client.Registry, wanted client.Client, d *delivery) error {
	registered, secret, err := registry.Register(ctx, wanted)
	if err != nil {
		return a.unregistered(ctx, registry, wanted.ID, err)
	}
	if err := d.deliver(registered.ID, secret); err != nil {
		return a.unregistered(ctx, registry, wanted.ID, err)
	}
	a.say("Client %s is registered for account %s as user %s, with the scopes %s.",
		registered.ID, registered.AccountID, registered.UserID, strings.Join(registered.Scopes, " "))
	return nil
}

// unregistered removes what a registration that failed may have left.
func (a *admin) unregistered(ctx context.Context, registry *client.Registry, id string, cause error) error {
	if errors.Is(cause, client.ErrExists) {
		return cause
	}
	switch _, err := registry.Remove(ctx, id); {
	case err == nil, errors.Is(err, client.ErrNotFound):
		return fmt.Errorf("nothing was registered: %w", cause)
	default:
		return errors.Join(cause, fmt.Errorf("client %s may be left: remove it with `make remove-client CLIENT=%s`: %w", id, id, err))
	}
}
