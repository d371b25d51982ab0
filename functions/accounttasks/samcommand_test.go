//go:build samlocal

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// portTaken is how Docker refuses a port. SAM draws one at random and lets go of it until its container takes it,
// so that two invocations at a time draw the same one now and then.
var portTaken = regexp.MustCompile(`port is already allocated|address already in use`)

// samLocalInvoke returns what a function answers in a container.
func samLocalInvoke(t *testing.T, arguments ...string) []byte {
	t.Helper()
	for attempt := 1; ; attempt++ {
		command := samLocal(t, "invoke", arguments...)
		var stderr bytes.Buffer
		command.Stderr = &stderr
		answer, err := command.Output()
		switch {
		case err == nil:
			return answer
		case attempt == 3 || !portTaken.Match(stderr.Bytes()):
			t.Fatalf("%s: %v\n%s", command, err, stderr.Bytes())
		}
	}
}

// samLocalStart starts a command of `sam local` that serves, and returns its address.
func samLocalStart(t *testing.T, subcommand string, arguments ...string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	command := samLocal(t, subcommand, append(arguments, "--port", fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))...)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	// What it prints is read to its end: with a full pipe it would stop in the middle of an invocation.
	drained := make(chan struct{})
	drain := sync.OnceFunc(func() {
		go func() {
			defer close(drained)
			_, _ = io.Copy(io.Discard, stderr)
		}()
	})
	t.Cleanup(func() {
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		drain()
		<-drained // It has removed its containers.
		_ = command.Wait()
	})
	var said strings.Builder
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "Running on http://"+address) {
			drain()
			return address
		}
	}
	t.Fatalf("%s did not start:\n%s", command, said.String())
	return ""
}

// samLocal is a command of `sam local` in the project's folder. No credentials of this machine go with it.
func samLocal(t *testing.T, subcommand string, arguments ...string) *exec.Cmd {
	t.Helper()
	all := append([]string{"local", subcommand, "--config-env", setting(t, "SAM_LOCAL_CONFIG")}, arguments...)
	command := exec.Command(setting(t, "SAM_CLI"), all...)
	command.Dir = "../.."
	command.Env = slices.DeleteFunc(os.Environ(), func(variable string) bool { return strings.HasPrefix(variable, "AWS_") })
	command.Env = append(command.Env, "SAM_CLI_TELEMETRY=0", "AWS_REGION=eu-central-1",
		"AWS_ACCESS_KEY_ID=local", "AWS_SECRET_ACCESS_KEY=local", "AWS_SESSION_TOKEN=local")
	return command
}

// setting is a variable that `make test-sam-local` sets.
func setting(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("%s is not set: run make test-sam-local", name)
	}
	return value
}
