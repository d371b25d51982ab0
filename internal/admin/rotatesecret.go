package main

import (
	"context"
	"errors"
	"fmt"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// rotateSecret returns a client a second secret. Both are good until one is retired.
func (a *admin) rotateSecret(given arguments) (job, error) {
	id, path := given["CLIENT"], given["SECRET_FILE"]
	if err := errors.Join(checkClient(id), a.checkDelivery(path)); err != nil {
		return job{}, err
	}
	return job{run: func(ctx context.Context, t target) error {
		return a.withDelivery(ctx, path, func(ctx context.Context, d *delivery) error { return a.rotate(ctx, t.registry(a.now), id, d) })
	}}, nil
}

func (a *admin) rotate(ctx context.Context, registry *client.Registry, id string, d *delivery) error {
	secretID, secret, err := registry.RotateSecret(ctx, id)
	if task.AsError(err).Code == task.CodeUnavailable { // the client may have the secret
		return a.takeBack(ctx, registry, id, secretID, err)
	}
	if err != nil {
		return clientError(id, err)
	}
	if err := d.deliver(id, secret); err != nil {
		return a.takeBack(ctx, registry, id, secretID, err)
	}
	a.say("Client %s has a second secret, %s. The older one is still good: once the client uses the new one, `make retire-secret CLIENT=%s`.", id, secretID, id)
	return nil
}

// takeBack removes a new secret that was not delivered: as the newer one of two it would make the next step retire
// the one in use.
func (a *admin) takeBack(ctx context.Context, registry *client.Registry, id, secretID string, cause error) error {
	if _, err := registry.RetireSecret(ctx, id, secretID); err != nil && !errors.Is(err, client.ErrNoSuchSecret) {
		return errors.Join(cause, fmt.Errorf("client %s may be left with a secret that was not delivered: remove it with `make retire-secret CLIENT=%s SECRET_ID=%s`: %w",
			id, id, secretID, err))
	}
	return fmt.Errorf("client %s has no new secret: %w", id, cause)
}
