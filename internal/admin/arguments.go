package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// arguments are the values of a command's variables, without white space around them.
type arguments map[string]string

// arguments reads a command's variables; the error names each that must be set and is not.
func (a *admin) arguments(c command) (arguments, error) {
	given := arguments{}
	for _, name := range slices.Concat(c.needs, c.takes) {
		given[name] = strings.TrimSpace(a.env(name))
	}
	var missing []error
	for _, name := range c.needs {
		if given[name] == "" {
			missing = append(missing, fmt.Errorf("%s is not set", name))
		}
	}
	return given, errors.Join(missing...)
}
