package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
)

// delivery is where a new secret goes, once: a new file that only the operator can read, or the screen.
type delivery struct {
	out  io.Writer
	file *os.File // nil: the screen
	done bool
}

// checkDelivery validates SECRET_FILE and changes nothing.
func (a *admin) checkDelivery(path string) error {
	_, err := os.Lstat(path)
	switch {
	case path == "" && a.isSeen:
		return nil
	case path == "":
		return errors.New("the output is not a terminal, and a secret must not get into a log: name a new file for it in SECRET_FILE")
	case err == nil:
		return fmt.Errorf("SECRET_FILE names %s, which exists: name a new file", path)
	}
	return nil
}

// withDelivery makes a secret and delivers it, once begun to its end. No file without a secret is left.
func (a *admin) withDelivery(ctx context.Context, path string, give func(ctx context.Context, d *delivery) error) error {
	d, err := a.openDelivery(path)
	if err != nil {
		return err
	}
	defer d.close()
	ctx, cancel := toItsEnd(ctx)
	defer cancel()
	return give(ctx, d)
}

// openDelivery makes the file before there is a secret for it.
func (a *admin) openDelivery(path string) (*delivery, error) {
	if path == "" {
		return &delivery{out: a.out}, nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the new file that SECRET_FILE names: %w", err)
	}
	return &delivery{out: a.out, file: file}, nil
}

// deliver writes the form fields that POST /Token takes. There is no other copy: on error the caller must take the
// secret back.
func (d *delivery) deliver(clientID, secret string) error {
	form := url.Values{"client_id": {clientID}, "client_secret": {secret}}.Encode()
	if d.file == nil {
		_, err := fmt.Fprintf(d.out, "The secret is shown this once:\n\n  %s\n\n", form)
		return err
	}
	_, err := io.WriteString(d.file, form)
	if err := errors.Join(err, d.file.Sync(), d.file.Close()); err != nil {
		return fmt.Errorf("write the secret to its file: %w", err)
	}
	d.done = true
	_, _ = fmt.Fprintf(d.out, "The secret of client %s is in %s.\n", clientID, d.file.Name())
	return nil
}

// close leaves no file without a secret.
func (d *delivery) close() {
	if d.file != nil && !d.done {
		_ = d.file.Close()
		_ = os.Remove(d.file.Name())
	}
}
