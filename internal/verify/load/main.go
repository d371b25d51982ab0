// Command load drives the local stack with a load generator: first at a steady rate, then as fast as the stack answers.
// Afterwards it compares the table with the answers: a task's version must have increased by one for each acknowledged
// update. It also prints the memory of the function's processes during the run.
package main

import (
	"context"
	"errors"
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
	functions string
	duration  time.Duration
	rate      int
	workers   uint64
	limit     uint64
}

func main() {
	var o options
	flag.StringVar(&o.functions, "functions", ".build/local", "the `folder` of the functions' binaries")
	flag.DurationVar(&o.duration, "duration", time.Minute, "how long each of the two phases lasts")
	flag.IntVar(&o.rate, "rate", 200, "requests per second of the steady phase")
	flag.Uint64Var(&o.workers, "workers", 8, "callers of the phase at saturation")
	flag.Uint64Var(&o.limit, "limit", 500_000, "the most requests of a phase")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, o); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) error {
	running, err := stack.Start(ctx, stack.Config{Template: "template.yaml", Functions: o.functions})
	if err != nil {
		return err
	}
	defer running.Close()
	c, err := newCaller(ctx, running.URL())
	if err != nil {
		return err
	}
	before, err := versions(ctx, running.DynamoDBEndpoint())
	if err != nil {
		return err
	}
	tally, memory := newTally(), watchMemory(ctx)
	for _, p := range o.phases() {
		if err := p.run(ctx, os.Stdout, c, tally); err != nil {
			return err
		}
	}
	grown := memory.report(os.Stdout)
	after, err := versions(ctx, running.DynamoDBEndpoint())
	if err != nil {
		return err
	}
	return errors.Join(grown, tally.check(os.Stdout, before, after))
}

// phases returns the two ways to load the stack.
func (o options) phases() []phase {
	steady := vegeta.Rate{Freq: o.rate, Per: time.Second}
	saturating := vegeta.NewAttacker(vegeta.Workers(o.workers), vegeta.MaxWorkers(o.workers))
	return []phase{
		{fmt.Sprintf("steady, %d a second", o.rate), vegeta.NewAttacker(), bounded{steady, o.limit}, o.duration},
		{fmt.Sprintf("saturated, %d callers", o.workers), saturating, bounded{vegeta.Rate{}, o.limit}, o.duration},
	}
}
