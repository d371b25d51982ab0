// Command admin fills a deployed stack: it registers clients with the stack's user pool, loads the task
// catalogue and imports tasks. The Makefile's targets run it.
//
// What to do comes as the one argument, everything else from the environment, so that no secret and no odd
// name passes through a command line. It uses the AWS credentials and region of the terminal.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "admin: "+err.Error())
		os.Exit(1)
	}
}

func run(ctx context.Context, arguments []string) error {
	if len(arguments) != 1 || commands[arguments[0]] == nil {
		return fmt.Errorf("name one of %s", strings.Join(slices.Sorted(maps.Keys(commands)), ", "))
	}
	loaded, err := config.LoadDefaultConfig(ctx)
	if err != nil {
		return fmt.Errorf("find the AWS credentials and region: %w", err)
	}
	if loaded.Region == "" {
		return errors.New("no AWS region is set: set AWS_REGION to the stack's")
	}
	a := &admin{
		env:    os.Getenv,
		out:    os.Stdout,
		isSeen: isTerminal(os.Stdout),
		now:    time.Now,
		stacks: cloudformation.NewFromConfig(loaded),
		pools:  cognitoidentityprovider.NewFromConfig(loaded),
		table:  dynamodb.NewFromConfig(loaded),
	}
	return commands[arguments[0]](a, ctx)
}

// admin is what the commands work with.
type admin struct {
	env func(string) string
	out io.Writer
	// isSeen tells that out is a person's screen, and neither a file nor a log.
	isSeen bool
	now    func() time.Time
	stacks stacks
	pools  pools
	table  *dynamodb.Client
}

// commands are what the program can do, by the Makefile's names for it.
var commands = map[string]func(*admin, context.Context) error{
	"register-client": (*admin).registerClient,
	"remove-client":   (*admin).removeClient,
	"rotate-secret":   (*admin).rotateSecret,
	"retire-secret":   (*admin).retireSecret,
	"load-catalogue":  (*admin).loadCatalogue,
	"import-tasks":    (*admin).importTasks,
}

// required reads variables that must be set; the error names each that is not.
func (a *admin) required(names ...string) (map[string]string, error) {
	values := make(map[string]string, len(names))
	var missing []error
	for _, name := range names {
		if values[name] = strings.TrimSpace(a.env(name)); values[name] == "" {
			missing = append(missing, fmt.Errorf("%s is not set", name))
		}
	}
	return values, errors.Join(missing...)
}

func (a *admin) say(format string, args ...any) { _, _ = fmt.Fprintf(a.out, format+"\n", args...) }

func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
