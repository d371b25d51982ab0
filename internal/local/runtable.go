package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"syscall"

	"accounttasks/internal/local/stack"
	"accounttasks/internal/local/table"
)

// busName is the name of the event bus beside the table.
const busName = "account-tasks"

// prepareWorker creates the table of the example worker.
func prepareWorker(ctx context.Context, access table.Access, taskTable string) error {
	client, err := access.Client()
	if err != nil {
		return err
	}
	return table.CreateWorkerRunsIfAbsent(ctx, client, table.WorkerRuns(taskTable))
}

// runTable serves the embedded table until the context ends, and an event bus that prints due runs. Functions in
// containers need both. Unlike the stack it may listen on any address, because a container's host needs that and there
// is only demo data.
func runTable(ctx context.Context, arguments []string, environment func(string) string, out io.Writer) error {
	flags := flag.NewFlagSet("local table", flag.ContinueOnError)
	address := flags.String("listen", "127.0.0.1:8000", "the `address` to serve the table on")
	busAddress := flags.String("bus", "127.0.0.1:8001", "the `address` to serve the event bus on")
	if err := parse(flags, arguments); err != nil {
		return err
	}
	name := environment("TABLE_NAME")
	if name == "" {
		name = stack.DefaultTableName
	}
	engine, err := table.StartEmbedded(*address)
	if err != nil {
		return explained(err, *address)
	}
	defer engine.Close()
	access := table.LocalAccess(engine.Endpoint())
	if err := stack.Prepare(ctx, access, name); err != nil {
		return err
	}
	if err := prepareWorker(ctx, access, name); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", *busAddress)
	if err != nil {
		return explained(err, *busAddress)
	}
	bus := stack.NewBus(busName, out)
	defer func() { _ = bus.Close() }()
	go func() { _ = bus.Serve(listener) }()
	_, _ = fmt.Fprintf(out, "Table %s with the demo data at %s, event bus %s at http://%s. Ctrl-C ends it.\n",
		name, engine.Endpoint(), busName, listener.Addr())
	<-ctx.Done()
	return nil
}

// explained says what to do about an address that is in use. make cannot pass another one on, because the containers look
// for the table and the bus at these ports.
func explained(err error, address string) error {
	if !errors.Is(err, syscall.EADDRINUSE) {
		return err
	}
	return fmt.Errorf("%s is already in use, perhaps by another `make table`: end that process, "+
		"or change the port in the Makefile's target table and in .tools/sam_local_env.json", address)
}
