package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// checker plants defects and runs the tests that should fail.
type checker struct {
	sound map[string]error // the result of each set of tests without a defect
}

func newChecker() checker { return checker{sound: map[string]error{}} }

// plant plants the defect and returns the test that caught it. Tests that fail without a defect prove nothing.
func (c checker) plant(d defect) (caughtBy string, err error) {
	if err := c.check(d.tests); err != nil {
		return "", err
	}
	overlay, remove, err := d.overlay()
	if err != nil {
		return "", err
	}
	defer remove()
	// With GOFLAGS in the environment, the programs that tests build have the defect too.
	out, err := goTest(d.tests, "GOFLAGS=-overlay="+overlay)
	if err == nil {
		return "", fmt.Errorf("%s pass with it", strings.Join(d.tests, " "))
	}
	failed := failedTest.FindStringSubmatch(out)
	if failed == nil {
		return "", fmt.Errorf("the tests did not run: %s", out)
	}
	return failed[1], nil
}

// check runs tests without a defect, once.
func (c checker) check(tests []string) error {
	name := strings.Join(tests, " ")
	if _, checked := c.sound[name]; !checked {
		out, err := goTest(tests)
		if err != nil {
			err = fmt.Errorf("%s fail without it: %s", name, out)
		}
		c.sound[name] = err
	}
	return c.sound[name]
}

// goTest runs tests up to the first failure. It hides variables of the shell that name other binaries or another table.
func goTest(tests []string, variables ...string) (output string, err error) {
	command := exec.Command("go", slices.Concat([]string{"test", "-count=1", "-failfast", "-timeout=180s"}, tests)...)
	command.Env = append(slices.DeleteFunc(os.Environ(), func(variable string) bool {
		return strings.HasPrefix(variable, "FUNCTIONS_DIR=") || strings.HasPrefix(variable, "DYNAMODB_ENDPOINT=")
	}), variables...)
	out, err := command.CombinedOutput()
	return string(out), err
}

// failedTest matches a test that failed, or that was running at the time limit. It matches nothing if the code does not
// compile.
var failedTest = regexp.MustCompile(`(?m)^(?:--- FAIL: |panic: .*\n(?:.*\n)*?\t+)(Test\w+)`)
