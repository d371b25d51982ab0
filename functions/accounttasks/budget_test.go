package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/verify/bench/sample"
)

// The function's budgets. Each leaves about an eighth for updates of dependencies. If more is needed, raise one here
// and say why. Sizes are those of the deployed function, in bytes.
const (
	binaryBudget  = 9_700_000
	zipBudget     = 3_800_000
	packageBudget = 305
)

// startBudget is the maximum number of allocations of a start after the initialisation of packages, with the first call to
// the table, without TLS, and with the rehearsal, which makes three quarters of them.
const startBudget = 4_500.0

// allocationBudget is the maximum number of allocations of the smallest update in each format, including those of the
// SDK and net/http.
var allocationBudget = map[string]float64{"json": 810, "xml": 810, "form": 800}

// sources are the sources of the function's packages, besides the standard library and this project. A source that ends
// with a slash stands for all modules of an owner, because the SDK's division into modules may change.
var sources = []string{
	"github.com/aws/",
	"github.com/awslabs/aws-lambda-go-api-proxy",
	"github.com/google/uuid",
	"golang.org/x/crypto", // bcrypt, for the secrets of clients
}

// fromSources reports whether the function may use a module.
func fromSources(module string) bool {
	return slices.ContainsFunc(sources, func(source string) bool {
		return module == source || strings.HasSuffix(source, "/") && strings.HasPrefix(module, source)
	})
}

func TestSizesAreWithinTheBudget(t *testing.T) {
	deployed(t)
	artifacts := t.TempDir()
	run(t, "make", "-C", "../..", "build-AccountTasksFunction", "ARTIFACTS_DIR="+artifacts)
	binary := readFile(t, filepath.Join(artifacts, "bootstrap"))
	if got := len(binary); got > binaryBudget {
		t.Errorf("the binary has grown to %d bytes, over its budget of %d", got, binaryBudget)
	}
	if got := zipped(t, binary); got > zipBudget {
		t.Errorf("the zip has grown to %d bytes, over its budget of %d", got, zipBudget)
	}
}

// zipped is the size of the deployment archive.
func zipped(t *testing.T, binary []byte) int {
	t.Helper()
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	file, err := w.Create("bootstrap")
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(file, bytes.NewReader(binary))
	if err := cmp.Or(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return archive.Len()
}

func TestDependenciesAreWithinTheBudget(t *testing.T) {
	deployed(t)
	listed := run(t, "go", "list", "-deps", "-tags", "lambda.norpc,nethttpomithttp2", "-f", "{{.ImportPath}} {{with .Module}}{{.Path}}{{end}}", ".")
	packages := strings.Split(strings.TrimSpace(listed), "\n")
	for _, line := range packages {
		path, module, _ := strings.Cut(line, " ")
		if module != "" && module != "accounttasks" && !fromSources(module) {
			t.Errorf("the function now depends on %s, of the new module %s", path, module)
		}
	}
	if len(packages) > packageBudget {
		t.Errorf("the function's dependencies have grown to %d packages, over their budget of %d:\n%s", len(packages), packageBudget, listed)
	}
}

func TestAllocationsAreWithinTheBudget(t *testing.T) {
	f := startOnCannedTable(t)
	for _, format := range sample.Formats {
		event := format.Event(sample.Sizes[0])
		if answer := f.invoke(t, event); answer.StatusCode != 200 {
			t.Fatalf("%s: got %d, want 200: %s", format.Name, answer.StatusCode, answer.Body)
		}
		got := testing.AllocsPerRun(200, func() { f.handler.Invoke(t.Context(), event) })
		t.Logf("%s: %v allocations", format.Name, got)
		if want := allocationBudget[format.Name] * detectorShare; got > want {
			t.Errorf("an update in %s has grown to %v allocations, over its budget of %v: "+
				"go test -run '^$' -bench Update/%[1]s -memprofile mem.out tells where they are", format.Name, got, want)
		}
	}
}

func TestAStartsAllocationsAreWithinTheBudget(t *testing.T) {
	settings := inEnvironment(environment(startCannedTable(t)), io.Discard)
	got := testing.AllocsPerRun(5, func() {
		if _, err := newFunction(settings); err != nil {
			t.Fatal(err)
		}
	})
	t.Logf("%v allocations", got)
	if want := startBudget * detectorShare; got > want {
		t.Errorf("a start has grown to %v allocations, over its budget of %v", got, want)
	}
}

// TestOtherOperationsCostNoMoreThanAnUpdate allows a tenth more than an update.
func TestOtherOperationsCostNoMoreThanAnUpdate(t *testing.T) {
	f := startOnCannedTable(t)
	for name, e := range map[string]exchange{
		"register": {method: "POST", target: registration, body: goodRegistration},
		"read":     {method: "GET", target: demoAddress},
		"delete":   {method: "DELETE", target: demoAddress},
	} {
		event := e.event(t)
		if answer := f.invoke(t, event); answer.StatusCode != 200 {
			t.Fatalf("%s: got %d, want 200: %s", name, answer.StatusCode, answer.Body)
		}
		got := testing.AllocsPerRun(200, func() { f.handler.Invoke(t.Context(), event) })
		t.Logf("%s: %v allocations", name, got)
		if want := allocationBudget["json"] * 1.1 * detectorShare; got > want {
			t.Errorf("%s has %v allocations, more than an update's %v and a tenth", name, got, allocationBudget["json"])
		}
	}
}

// deployed makes the commands of the test work for the deployed platform, whatever machine the test runs on.
func deployed(t *testing.T) {
	for name, value := range map[string]string{"GOOS": "linux", "GOARCH": "arm64", "CGO_ENABLED": "0", "GOFLAGS": "", "MAKEFLAGS": ""} {
		t.Setenv(name, value)
	}
}

// run runs a command and returns its output.
func run(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	command := exec.Command(name, arguments...)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", command, err, output, &complaints)
	}
	return string(output)
}
