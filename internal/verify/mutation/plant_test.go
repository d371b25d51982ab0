//go:build mutation

package main

import (
	"errors"
	"os"
	"strings"
	"testing"
)

// code is a module with two functions, a program that a test builds, and tests.
var code = map[string]string{
	"go.mod":  "module sum\n\ngo 1.26\n",
	"sum.go":  "package sum\n\nfunc Sum(a, b int) int { return a + b }\n\nfunc Difference(a, b int) int { return a - b }\n",
	"loop.go": "package sum\n\nfunc Loop() { for { break } }\n",
	"sum_test.go": `package sum

import "testing"

func TestSum(t *testing.T) {
	if got := Sum(2, 3); got != 5 {
		t.Errorf("got %d", got)
	}
}

func TestLoop(t *testing.T) { Loop() }

func TestUnsound(t *testing.T) { t.Error("always") }
`,
	"cmd/main.go": "package main\n\nimport (\n\t\"os\"\n\n\t\"sum\"\n)\n\nfunc main() { os.Exit(sum.Sum(1, -1)) }\n",
	"cmd/main_test.go": `package main

import (
	"os/exec"
	"testing"
)

func TestBuilt(t *testing.T) {
	if err := exec.Command("go", "run", ".").Run(); err != nil {
		t.Error(err)
	}
}
`,
}

// enterModule makes the module of code the working directory of the test.
func enterModule(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	if err := os.Mkdir("cmd", 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range code {
		if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func TestDefectsThatCannotBePlanted(t *testing.T) {
	enterModule(t)
	place := defect{"in its place", "sum.go", "a + b", "a * b", nil}
	for _, test := range []struct {
		name    string
		defects []defect
		want    string
	}{
		{"in its place", []defect{place}, ""},
		{"gone", []defect{{"gone", "sum.go", "a % b", "a", nil}}, "0 times"},
		{"there twice", []defect{{"twice", "sum.go", "return a", "return b", nil}}, "2 times"},
		{"does not parse", []defect{{"no code", "sum.go", "a + b", "a +", nil}}, "expected operand"},
		{"no such file", []defect{{"no file", "product.go", "a", "b", nil}}, "no such file"},
		{"one description for two", []defect{place, place}, "two defects"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := errors.Join(misplaced(test.defects)...)
			if (got == nil) != (test.want == "") || got != nil && !strings.Contains(got.Error(), test.want) {
				t.Errorf("got %v, want %q", got, test.want)
			}
		})
	}
}

func TestWhatBecomesOfADefect(t *testing.T) {
	enterModule(t)
	for _, test := range []struct {
		name   string
		defect defect
		caught string
		err    string
	}{
		{"caught", defect{"", "sum.go", "a + b", "a * b", []string{"-run=TestSum", "."}}, "TestSum", ""},
		{"caught in a program that a test builds", defect{"", "sum.go", "a + b", "a * b", []string{"./cmd"}}, "TestBuilt", ""},
		{"caught by a panic", defect{"", "sum.go", "return a + b", "panic(a)", []string{"-run=TestSum", "."}}, "TestSum", ""},
		{"caught by the time limit", defect{"", "loop.go", "break", "", []string{"-run=TestLoop", "-timeout=1s", "."}}, "TestLoop", ""},
		{"survived", defect{"", "sum.go", "a - b", "a", []string{"-run=TestSum", "."}}, "", "pass with it"},
		{"does not compile", defect{"", "sum.go", "a + b", "a +", []string{"-run=TestSum", "."}}, "", "the tests did not run"},
		{"is not there", defect{"", "sum.go", "a % b", "a", []string{"-run=TestSum", "."}}, "", "0 times"},
		{"is there twice", defect{"", "sum.go", "return a", "return b", []string{"-run=TestSum", "."}}, "", "2 times"},
		{"would be caught without it", defect{"", "sum.go", "a + b", "a * b", []string{"-run=TestUnsound", "."}}, "", "fail without it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			caught, err := newChecker().plant(test.defect)
			if caught != test.caught || (err == nil) != (test.err == "") || err != nil && !strings.Contains(err.Error(), test.err) {
				t.Errorf("got %q and %v, want %q and %q", caught, err, test.caught, test.err)
			}
		})
	}
}
