package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"syscall"

	"accounttasks/internal/local/stack"
	"accounttasks/internal/local/table"
)

// runTable serves the embedded table alone until the context ends. Unlike the
// stack it may listen on any address: a container's host has to, and there is
// nothing but demo data in it.
func runTable(ctx context.Context, arguments []string, environment func(string) string, out io.Writer) error {
	flags := flag.NewFlagSet("local table", flag.ContinueOnError)
	address := flags.String("listen", "127.0.0.1:8000", "the `address` to serve the table on")
	if err := parse(flags, arguments); err != nil {
		return err
	}
	name := environment("TABLE_NAME")
	if name == "" {
		name = stack.DefaultTableName
	}
	engine, err := table.StartEmbedded(*address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("%s is already in use; take another address: -listen 127.0.0.1:8001", *address)
	}
	if err != nil {
		return err
	}
	defer engine.Close()
	if err := stack.Prepare(ctx, table.LocalAccess(engine.Endpoint()), name); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(out, "Table %s with the demo data at %s. Ctrl-C ends it.\n", name, engine.Endpoint())
	<-ctx.Done()
	return nil
}
