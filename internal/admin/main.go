// Command admin is what an operator does to the table: it brings the task catalogue, tasks and clients in, and
// keeps the clients. The Makefile's targets run it.
//
// The command comes as the one argument, everything else from the environment, so that secrets and names with
// unusual characters never pass through a command line. It works on the table of a deployed stack (STACK), or on
// the one that DYNAMODB_ENDPOINT and TABLE_NAME name, such as the local stack's.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &admin{env: os.Getenv, out: os.Stdout, isSeen: isTerminal(os.Stdout), now: time.Now, connect: connectAWS}
	if err := a.execute(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "admin: "+err.Error())
		os.Exit(1)
	}
}

// admin is what the commands work with.
type admin struct {
	env func(string) string
	out io.Writer
	// isSeen says that out is a person's screen, and neither a file nor a log.
	isSeen bool
	now    func() time.Time
	// connect reaches the AWS account of the terminal. It is called after the arguments were validated.
	connect func(context.Context) (account, error)
}

func (a *admin) say(format string, args ...any) { _, _ = fmt.Fprintf(a.out, format+"\n", args...) }

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
