package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"strconv"
	"syscall"
	"time"

	"accounttasks/internal/local/stack"
)

const defaultPort = 3000

// portTakenError carries the port that another program has.
type portTakenError struct{ port int }

func (e portTakenError) Error() string {
	other := e.port + 1
	if other > 65535 {
		other = defaultPort
	}
	return fmt.Sprintf("port %d is already in use; take another one: PORT=%d make run", e.port, other)
}

// runStack runs the whole stack until the context ends.
func runStack(ctx context.Context, arguments []string, environment func(string) string, out io.Writer) error {
	config, port, err := stackConfig(arguments, environment)
	if err != nil {
		return err
	}
	config.Output = out
	running, err := stack.Start(ctx, config)
	if errors.Is(err, syscall.EADDRINUSE) {
		return portTakenError{port}
	}
	if err != nil {
		return err
	}
	defer running.Close()
	_, _ = fmt.Fprintf(out, greeting, running.URL(), running.DynamoDBEndpoint(), running.TableName(), running.BusEndpoint())
	<-ctx.Done()
	_, _ = fmt.Fprintln(out, "\nStopping.")
	return nil
}

// stackConfig reads flags and variables.
func stackConfig(arguments []string, environment func(string) string) (stack.Config, int, error) {
	var c stack.Config
	flags := flag.NewFlagSet("local", flag.ContinueOnError)
	flags.StringVar(&c.Functions, "functions", ".build/local", "the `folder` of the functions' binaries")
	flags.StringVar(&c.Template, "template", "template.yaml", "the SAM template's `path`")
	flags.StringVar(&c.Worker, "worker", "", "the `folder` of the binary of a worker's function, or the URL of a worker, in place of the demonstration worker")
	if err := parse(flags, arguments); err != nil {
		return stack.Config{}, 0, err
	}
	port, err := readPort(environment("PORT"))
	if err != nil {
		return stack.Config{}, 0, err
	}
	c.Address = net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	c.DynamoDBEndpoint = environment("DYNAMODB_ENDPOINT")
	c.TableName = environment("TABLE_NAME")
	c.AllowRemote = environment("ALLOW_REMOTE") == "1"
	c.DemoWorker = true
	if minutes := environment("RUN_TIMEOUT_MINUTES"); minutes != "" {
		c.FunctionEnv = map[string]string{"RUN_TIMEOUT_MINUTES": minutes}
	}
	c.Environment = environment
	if c.HoldRuns, err = readRuns(environment("RUNS")); err != nil {
		return stack.Config{}, 0, err
	}
	c.Tick, err = readTick(environment("TICK"))
	return c, port, err
}

// readRuns takes whether runs are held at the start.
func readRuns(text string) (held bool, err error) {
	if text != "" && text != "held" {
		return false, fmt.Errorf("RUNS is %q: leave it out, or say held, to let nothing run until make start-runs", text)
	}
	return text != "", nil
}

// readTick takes the interval that replaces those of the template's schedules.
func readTick(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	tick, err := time.ParseDuration(text)
	if err != nil || tick <= 0 {
		return 0, fmt.Errorf("TICK is %q, not a time such as 1s", text)
	}
	return tick, nil
}

// parse refuses arguments that no flag takes.
func parse(flags *flag.FlagSet, arguments []string) error {
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	return nil
}

// readPort takes a port that a user can name; the kernel's choice is for tests.
func readPort(text string) (int, error) {
	if text == "" {
		return defaultPort, nil
	}
	port, err := strconv.Atoi(text)
	if err != nil || port < 1 || port > 65535 {
		return 0, fmt.Errorf("PORT is %q, not a number from 1 to 65535", text)
	}
	return port, nil
}
