// Command bare checks that `make run` and `make test` need only Go and make. It runs both with a PATH without a C
// compiler and Python, an otherwise empty environment, and empty caches for modules and builds. It gets a token and
// makes an update with the service that `make run` starts. The service must end when make gets a signal.
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
