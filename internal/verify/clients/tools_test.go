//go:build clients

package clients_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// tools is the folder into which make test-clients installs.
func tools(t *testing.T) string {
	t.Helper()
	folder := os.Getenv("CLIENT_TOOLS")
	if folder == "" {
		t.Fatal("CLIENT_TOOLS is not set: run make test-clients")
	}
	return folder
}

func pythonTool(t *testing.T, name string) string {
	return filepath.Join(tools(t), "python", "bin", name)
}

func jars(t *testing.T) string { return filepath.Join(tools(t), "java", "*") }

func nodeTool(t *testing.T, name string) string {
	return filepath.Join(tools(t), "node", "node_modules", ".bin", name)
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	whole, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return whole
}

// output runs a program that may fail in a folder, and returns all that it prints.
func output(t *testing.T, folder, name string, arguments ...string) (printed string, err error) {
	t.Helper()
	command := exec.CommandContext(t.Context(), name, arguments...)
	command.Dir = folder
	all, err := command.CombinedOutput()
	return string(all), err
}
