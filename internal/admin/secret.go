package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"
)

// delivery is where a secret goes, once: a file of the user's that nobody else can read, or the screen.
type delivery struct {
	out  io.Writer
	file *os.File // nil with the screen
	done bool
}

// openDelivery makes sure, before there is a secret, that it can be delivered.
func (a *admin) openDelivery() (*delivery, error) {
	path := a.env("SECRET_FILE")
	if path == "" {
		if !a.isSeen {
			return nil, errors.New("the output is no terminal, and a secret belongs into no log: name a new file for it in SECRET_FILE")
		}
		return &delivery{out: a.out}, nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the new file that SECRET_FILE names: %w", err)
	}
	return &delivery{out: a.out, file: file}, nil
}

// deliver writes the form fields that POST /Token takes. There is no other copy: who gets an error must see to
// it that the secret is not the one that counts.
func (d *delivery) deliver(clientID, secret string) error {
	form := url.Values{"client_id": {clientID}, "client_secret": {secret}}.Encode()
	if d.file == nil {
		_, err := fmt.Fprintf(d.out, "The secret is shown this once:\n\n  %s\n\n", form)
		return err
	}
	_, err := io.WriteString(d.file, form)
	if err := errors.Join(err, d.file.Close()); err != nil {
		return fmt.Errorf("write the secret to its file: %w", err)
	}
	d.done = true
	_, _ = fmt.Fprintf(d.out, "The secret of client %s is in %s.\n", clientID, d.file.Name())
	return nil
}

// close leaves no empty file behind.
func (d *delivery) close() {
	if d.file != nil && !d.done {
		_ = d.file.Close()
		_ = os.Remove(d.file.Name())
	}
}

// rotateSecret gives a client a second secret. Both count until the old one is retired.
func (a *admin) rotateSecret(ctx context.Context) error {
	s, clientID, err := a.givenClient(ctx)
	if err != nil {
		return err
	}
	delivery, err := a.openDelivery()
	if err != nil {
		return err
	}
	defer delivery.close()
	out, err := a.pools.AddUserPoolClientSecret(ctx, &cognitoidentityprovider.AddUserPoolClientSecretInput{
		UserPoolId: &s.userPoolID, ClientId: &clientID,
	})
	if err != nil {
		return fmt.Errorf("add a secret to client %s (it can have two: `make retire-secret` takes the older one away): %w", clientID, err)
	}
	if err := delivery.deliver(clientID, aws.ToString(out.ClientSecretDescriptor.ClientSecretValue)); err != nil {
		// Nobody has it. Left there, it would be the newer one, and the next step would retire the one in use.
		return errors.Join(err, a.deleteSecret(context.WithoutCancel(ctx), s, clientID, out.ClientSecretDescriptor.ClientSecretId))
	}
	a.say("The older secret still counts: once the client uses the new one, `make retire-secret CLIENT=%s`.", clientID)
	return nil
}

// retireSecret takes the older of a client's two secrets away.
func (a *admin) retireSecret(ctx context.Context) error {
	s, clientID, err := a.givenClient(ctx)
	if err != nil {
		return err
	}
	secrets, err := a.secrets(ctx, s, clientID)
	if err != nil {
		return err
	}
	if len(secrets) < 2 {
		return fmt.Errorf("client %s has one secret, which it needs: `make rotate-secret` gives it another first", clientID)
	}
	older := secrets[0]
	for _, secret := range secrets[1:] {
		if aws.ToTime(secret.ClientSecretCreateDate).Before(aws.ToTime(older.ClientSecretCreateDate)) {
			older = secret
		}
	}
	if err := a.deleteSecret(ctx, s, clientID, older.ClientSecretId); err != nil {
		return err
	}
	a.say("The older secret of client %s no longer counts.", clientID)
	return nil
}

func (a *admin) deleteSecret(ctx context.Context, s stack, clientID string, secretID *string) error {
	_, err := a.pools.DeleteUserPoolClientSecret(ctx, &cognitoidentityprovider.DeleteUserPoolClientSecretInput{
		UserPoolId: &s.userPoolID, ClientId: &clientID, ClientSecretId: secretID,
	})
	if err != nil {
		return fmt.Errorf("delete the secret %s of client %s: %w", aws.ToString(secretID), clientID, err)
	}
	return nil
}

func (a *admin) secrets(ctx context.Context, s stack, clientID string) ([]types.ClientSecretDescriptorType, error) {
	out, err := a.pools.ListUserPoolClientSecrets(ctx, &cognitoidentityprovider.ListUserPoolClientSecretsInput{
		UserPoolId: &s.userPoolID, ClientId: &clientID,
	})
	if err != nil {
		return nil, fmt.Errorf("list the secrets of client %s: %w", clientID, err)
	}
	return out.ClientSecrets, nil
}
