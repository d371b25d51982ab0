//go:build dotnet || oauth

package clients_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"accounttasks/internal/local/stack"
)

// startStack starts the local stack and gives its address. The variable FUNCTIONS_DIR names the folder of the
// functions' binaries.
func startStack(t *testing.T) (origin string) {
	t.Helper()
	functions := os.Getenv("FUNCTIONS_DIR")
	if functions == "" {
		t.Fatal("FUNCTIONS_DIR is not set: run make test-dotnet or make test-oauth")
	}
	running, err := stack.Start(t.Context(), stack.Config{
		Template: "../../../template.yaml", Functions: functions, Output: t.Output(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	return running.URL()
}

// compileCSharp compiles C# sources and gives the program's path.
func compileCSharp(t *testing.T, name string, sources ...string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), name+".exe")
	arguments := []string{
		"-nologo", "-out:" + program, "-r:System.Net.Http", "-r:System.Web.Extensions", "-lib:" + jsonNetFolder, "-r:Newtonsoft.Json",
	}
	run(t, nil, "mcs", append(arguments, sources...)...)
	return program
}

// jsonNetFolder is where Debian's package libnewtonsoft-json5.0-cil puts Json.NET.
const jsonNetFolder = "/usr/lib/cli/Newtonsoft.Json-5.0"

// run runs a program with additional variables and gives what it prints.
func run(t *testing.T, variables []string, name string, arguments ...string) string {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, arguments...)
	command.Env = append(append(os.Environ(), "MONO_PATH="+jsonNetFolder), variables...)
	var complaints bytes.Buffer
	command.Stderr = &complaints
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", strings.Join(append([]string{name}, arguments...), " "), err, output, &complaints)
	}
	return string(output)
}
