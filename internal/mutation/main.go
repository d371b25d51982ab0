// Command mutation shows that the tests catch what they are there for. It plants one deliberate defect after the
// other, each in an overlay beside the tree, and runs the tests that should notice. A defect that survives, and
// one whose place in the code is no longer there, is an error.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

func main() {
	only := flag.String("only", "", "plant only the defects whose description contains this text")
	flag.Parse()
	planted, survived := 0, 0
	for _, d := range defects {
		if !strings.Contains(d.what, *only) {
			continue
		}
		planted++
		caught, err := d.try()
		if err != nil {
			survived++
			caught = "NOT CAUGHT: " + err.Error()
		}
		fmt.Printf("%-60s %s\n", d.what, caught)
	}
	fmt.Printf("%d of %d defects caught\n", planted-survived, planted)
	if survived > 0 || planted == 0 {
		os.Exit(1)
	}
}

// try plants the defect and gives the test that noticed it.
func (d defect) try() (caughtBy string, err error) {
	overlay, remove, err := d.overlay()
	if err != nil {
		return "", err
	}
	defer remove()
	arguments := append([]string{"test", "-overlay", overlay, "-count=1", "-failfast", "-timeout=180s"}, d.tests...)
	out, err := exec.Command("go", arguments...).CombinedOutput()
	if err == nil {
		return "", fmt.Errorf("%s pass with it", strings.Join(d.tests, " "))
	}
	failed := failedTest.FindStringSubmatch(string(out))
	if failed == nil {
		return "", fmt.Errorf("the tests did not run: %s", out)
	}
	return failed[1], nil
}

// failedTest is the line of a test that failed. Code that does not compile has none.
var failedTest = regexp.MustCompile(`(?m)^--- FAIL: (\S+)`)

// overlay writes the mutated file and the description of the overlay that go test takes.
func (d defect) overlay() (path string, remove func(), err error) {
	content, err := os.ReadFile(d.file)
	if err != nil {
		return "", nil, err
	}
	if n := strings.Count(string(content), d.old); n != 1 {
		return "", nil, fmt.Errorf("%q is %d times in %s, not once", d.old, n, d.file)
	}
	dir, err := os.MkdirTemp("", "mutation-")
	if err != nil {
		return "", nil, err
	}
	mutant, path := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	original, err := filepath.Abs(d.file)
	if err != nil {
		return "", nil, err
	}
	description, err := json.Marshal(map[string]map[string]string{"Replace": {original: mutant}})
	if err != nil {
		return "", nil, err
	}
	err = errors.Join(
		os.WriteFile(mutant, []byte(strings.Replace(string(content), d.old, d.new, 1)), 0o600),
		os.WriteFile(path, description, 0o600),
	)
	return path, func() { os.RemoveAll(dir) }, err
}
