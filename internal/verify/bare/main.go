// Command bare checks that `make run` and `make test` need Go and make and nothing else. It runs both with a PATH that
// has no C compiler and no Python on it, an environment that is otherwise empty, and empty caches for modules and
// builds. The service that `make run` starts has to give a token and make an update, and to end when make is told to.
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if err := check(); err != nil {
		fmt.Fprintln(os.Stderr, "bare: "+err.Error())
		os.Exit(1)
	}
}

func check() (err error) {
	dir, err := os.MkdirTemp("", "bare-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	bin := filepath.Join(dir, "bin")
	if err := linkPrograms(bin); err != nil {
		return err
	}
	environment, err := environment(dir, bin)
	if err != nil {
		return err
	}
	if err := checkHidden(bin, environment); err != nil {
		return err
	}
	if err := checkRun(bin, environment); err != nil {
		return fmt.Errorf("make run: %w", err)
	}
	if err := bareCommand(bin, environment, "make", "test").Run(); err != nil {
		return fmt.Errorf("make test: %w", err)
	}
	return nil
}
