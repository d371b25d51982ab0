package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// programs are the only programs in the environment: Go, make, and the standard Unix programs that the Makefile and the
// tests call.
var programs = []string{
	"go", "gofmt", "make", "sh",
	"awk", "cat", "dirname", "grep", "mkdir", "rm", "sed", "sleep", "sort", "tr", "true", "uname",
}

// hidden are programs that must not be needed.
var hidden = []string{"gcc", "cc", "clang", "g++", "ld", "as", "python3", "python", "node", "docker", "git", "curl", "bash"}

// inherited are the variables that say how this machine reaches the module proxy.
var inherited = []string{
	"HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR",
}

// linkPrograms makes a folder with links to the programs.
func linkPrograms(bin string) error {
	if err := os.Mkdir(bin, 0o755); err != nil {
		return err
	}
	for _, program := range programs {
		path, err := exec.LookPath(program)
		if err != nil {
			return err
		}
		if err := os.Symlink(path, filepath.Join(bin, program)); err != nil {
			return err
		}
	}
	return nil
}

// environment is the environment of the commands: the folder of programs, an empty home and empty caches, and Go's own
// settings for fetching modules. -modcacherw lets the cache be removed afterwards.
func environment(dir, bin string) ([]string, error) {
	variables := []string{
		"PATH=" + bin, "HOME=" + filepath.Join(dir, "home"), "TMPDIR=" + filepath.Join(dir, "tmp"),
		"GOCACHE=" + filepath.Join(dir, "builds"), "GOMODCACHE=" + filepath.Join(dir, "modules"), "GOFLAGS=-modcacherw",
	}
	for _, name := range []string{"home", "tmp"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o755); err != nil {
			return nil, err
		}
	}
	for _, name := range []string{"GOPROXY", "GOSUMDB", "GONOSUMDB", "GOPRIVATE", "GOTOOLCHAIN"} {
		value, err := exec.Command("go", "env", name).Output()
		if err != nil {
			return nil, fmt.Errorf("go env %s: %w", name, err)
		}
		variables = append(variables, name+"="+strings.TrimSpace(string(value)))
	}
	for _, name := range inherited {
		if value, set := os.LookupEnv(name); set {
			variables = append(variables, name+"="+value)
		}
	}
	return variables, nil
}

// checkHidden checks that the hidden programs are missing from the environment. Otherwise this check could pass without
// checking anything.
func checkHidden(bin string, environment []string) error {
	for _, program := range hidden {
		if _, err := os.Stat(filepath.Join(bin, program)); !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is still on the PATH (%v)", program, err)
		}
	}
	command := bareCommand(bin, environment, "go", "env", "CGO_ENABLED")
	command.Stdout = nil
	cgo, err := command.Output()
	if err != nil {
		return fmt.Errorf("go env CGO_ENABLED: %w", err)
	}
	if got := strings.TrimSpace(string(cgo)); got != "0" {
		return fmt.Errorf("there is still a C compiler: CGO_ENABLED is %s, want 0", got)
	}
	return nil
}

// bareCommand is a command in this environment. Its output goes to the output of this program.
func bareCommand(bin string, environment []string, name string, arguments ...string) *exec.Cmd {
	command := exec.Command(filepath.Join(bin, name), arguments...)
	command.Env, command.Stdout, command.Stderr = environment, os.Stdout, os.Stderr
	return command
}
