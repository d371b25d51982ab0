// Command load drives the local stack with a load generator, at a steady rate and then as fast as it answers, and
// afterwards holds the table against the answers: a task's version must have made one step for each update that
// was acknowledged. It also prints the memory of the function's processes over the run.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"accounttasks/internal/local/stack"
)

// options are the command's flags.
type options struct {
	function string
	duration time.Duration
	rate     int
	workers  uint64
}

func main() {
	var o options
	flag.StringVar(&o.function, "function", ".build/local/bootstrap", "the function's `binary`")
	flag.DurationVar(&o.duration, "duration", time.Minute, "how long each of the two phases lasts")
	flag.IntVar(&o.rate, "rate", 200, "requests per second of the steady phase")
	flag.Uint64Var(&o.workers, "workers", 8, "callers of the phase at saturation")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	running, err := stack.Start(ctx, stack.Config{Template: "template.yaml", Function: o.function})
	if err != nil {
		return err
	}
	defer running.Close()
	c, err := newCaller(ctx, running.URL())
	if err != nil {
		return err
	}
	before, err := c.versions(ctx)
	if err != nil {
		return err
	}
	tally, memory := newTally(), watchMemory(ctx)
	steady := vegeta.Rate{Freq: o.rate, Per: time.Second}
	tally.phase(ctx, fmt.Sprintf("steady at %d requests/s", o.rate), c, vegeta.NewAttacker(), steady, o.duration)
	saturation := vegeta.NewAttacker(vegeta.Workers(o.workers), vegeta.MaxWorkers(o.workers))
	tally.phase(ctx, fmt.Sprintf("saturated by %d callers", o.workers), c, saturation, vegeta.Rate{}, o.duration)
	if err := memory.report(os.Stdout); err != nil {
		return err
	}
	after, err := c.versions(ctx)
	if err != nil {
		return err
	}
	return tally.compare(os.Stdout, before, after)
}
