package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// command is one thing that the program can do.
type command struct {
	name, help string
	// needs are variables that must be set, takes are those that may be.
	needs, takes []string
	// prepare validates the arguments and reads the files that they name, without the network.
	prepare func(*admin, arguments) (job, error)
}

// job is a command whose arguments are good.
type job struct {
	run func(context.Context, target) error
	// wrong is what prepare has found wrong already, for a job that can tell more with the table at hand. It
	// reports wrong and changes nothing.
	wrong error
}

// execute runs the command that the one argument names.
func (a *admin) execute(ctx context.Context, args []string) error {
	c, err := find(args)
	if err != nil {
		return err
	}
	given, err := a.arguments(c)
	if err != nil {
		return err
	}
	j, err := c.prepare(a, given)
	if err != nil {
		return err
	}
	t, err := a.target(ctx)
	if err != nil {
		return errors.Join(j.wrong, err)
	}
	a.say("%s", t)
	return j.run(ctx, t)
}

func find(args []string) (command, error) {
	if len(args) == 1 {
		for _, c := range commands {
			if c.name == args[0] {
				return c, nil
			}
		}
	}
	return command{}, errors.New("name one of these commands, with its variables in the environment:\n" + listed())
}

// listed shows every command with its variables.
func listed() string {
	var list strings.Builder
	for _, c := range commands {
		variables := strings.Join(c.needs, " ")
		if len(c.takes) > 0 {
			variables += " [" + strings.Join(c.takes, " ") + "]"
		}
		fmt.Fprintf(&list, "  %-16s %s\n  %-16s %s\n", c.name, strings.TrimSpace(variables), "", c.help)
	}
	return list.String()
}
