// Command local runs the service on this machine and needs only Go: the functions' binaries, a local gateway, an event
// bus, a scheduler and an embedded table.
//
//	local           runs the stack
//	local table     serves only the embedded table, with the demo data
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

func main() {
	// The heap is a few megabytes. With Go's default, collecting it takes a twentieth of a request's time.
	debug.SetGCPercent(400)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	// After the first signal the next one ends the program at once.
	context.AfterFunc(ctx, stop)
	run, arguments := runStack, os.Args[1:]
	if len(arguments) > 0 && arguments[0] == "table" {
		run, arguments = runTable, arguments[1:]
	}
	err := run(ctx, arguments, os.Getenv, os.Stdout)
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		// The user pressed Ctrl-C during the start.
	default:
		fmt.Fprintln(os.Stderr, "local: "+err.Error())
		os.Exit(1)
	}
}
