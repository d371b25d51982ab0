package main

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// environment is a terminal with these variables only.
func environment(variables map[string]string) func(string) string {
	return func(name string) string { return variables[name] }
}

func TestConfigurationComesFromFlagsAndVariables(t *testing.T) {
	c, port, err := stackConfig([]string{"-functions", "f", "-template", "t", "-worker", "w"}, environment(map[string]string{
		"PORT": "4000", "DYNAMODB_ENDPOINT": "http://127.0.0.1:8000", "TABLE_NAME": "tasks", "ALLOW_REMOTE": "1", "TICK": "1s",
	}))
	if err != nil {
		t.Fatal(err)
	}
	if c.Address != "127.0.0.1:4000" || port != 4000 || c.Functions != "f" || c.Template != "t" ||
		c.DynamoDBEndpoint != "http://127.0.0.1:8000" || c.TableName != "tasks" || !c.AllowRemote || !c.DemoWorker || c.Worker != "w" || c.Tick != time.Second {
		t.Errorf("got %+v", c)
	}
	c, port, err = stackConfig(nil, environment(nil))
	if err != nil {
		t.Fatal(err)
	}
	if c.Address != "127.0.0.1:3000" || port != 3000 || c.Functions != ".build/local" || c.Template != "template.yaml" || c.AllowRemote || c.Tick != 0 {
		t.Errorf("the defaults are %+v", c)
	}
}

func TestABadPortIsNamed(t *testing.T) {
	for _, port := range []string{"0", "65536", "-1", "http", "3000 "} {
		if _, _, err := stackConfig(nil, environment(map[string]string{"PORT": port})); err == nil || !strings.Contains(err.Error(), "PORT") {
			t.Errorf("%q: got %v", port, err)
		}
	}
}

func TestABadTickIsNamed(t *testing.T) {
	for _, tick := range []string{"0", "0s", "-1s", "1", "soon"} {
		if _, _, err := stackConfig(nil, environment(map[string]string{"TICK": tick})); err == nil || !strings.Contains(err.Error(), "TICK") {
			t.Errorf("%q: got %v", tick, err)
		}
	}
}

func TestATakenPortComesWithItsRemedy(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	err = runStack(t.Context(), nil, environment(map[string]string{"PORT": port}), io.Discard)
	if err == nil || !strings.Contains(err.Error(), "port "+port+" is already in use") || !strings.Contains(err.Error(), "make run") {
		t.Errorf("got %v", err)
	}
	if got := (portTakenError{3000}).Error(); !strings.Contains(got, "PORT=3001 make run") {
		t.Errorf("got %q", got)
	}
	if got := (portTakenError{65535}).Error(); !strings.Contains(got, "PORT=3000 make run") {
		t.Errorf("got %q", got)
	}
}

// screen ends the run as soon as something is printed.
type screen struct {
	text strings.Builder
	end  context.CancelFunc
}

func (s *screen) Write(p []byte) (int, error) {
	s.end()
	return s.text.Write(p)
}

func TestTheStackGreetsAndEnds(t *testing.T) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	if err := free.Close(); err != nil {
		t.Fatal(err)
	}
	template := filepath.Join(t.TempDir(), "template.yaml")
	minimal := `{"Resources":{"F":{"Type":"AWS::Serverless::Function","Properties":{"Events":{"All":{"Type":"HttpApi"}}}}}}`
	if err := os.WriteFile(template, []byte(minimal), 0o600); err != nil {
		t.Fatal(err)
	}
	functions := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(functions, "F"), 0o700), os.Symlink(os.Args[0], filepath.Join(functions, "F", "bootstrap"))); err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	out := &screen{end: end}
	err = runStack(ctx, []string{"-functions", functions, "-template", template}, environment(map[string]string{"PORT": port}), out)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"http://127.0.0.1:" + port, "TOKEN=$(curl -s ", "curl -i -X PUT ", "export DYNAMODB_ENDPOINT=http://127.0.0.1:", " TABLE_NAME=account-tasks\n", "to the bus local at http://127.0.0.1:", `s/.*"access_token":"\([^"]*\)".*/\1/`} {
		if !strings.Contains(out.text.String(), want) {
			t.Errorf("%q is not in\n%s", want, out.text.String())
		}
	}
}

func TestTheTableAloneIsServedAndEnds(t *testing.T) {
	ctx, end := context.WithCancel(t.Context())
	out := &screen{end: end}
	if err := runTable(ctx, []string{"-listen", "127.0.0.1:0", "-bus", "127.0.0.1:0"}, environment(map[string]string{"TABLE_NAME": "mine"}), out); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.text.String(), "Table mine with the demo data at http://127.0.0.1:") {
		t.Errorf("got %q", out.text.String())
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	if err := runTable(t.Context(), []string{"-listen", taken.Addr().String()}, environment(nil), io.Discard); err == nil || !strings.Contains(err.Error(), "already in use, perhaps by another `make table`") {
		t.Errorf("a taken address: got %v", err)
	}
}

func TestUnknownArgumentsAreRefused(t *testing.T) {
	if err := runTable(t.Context(), []string{"more"}, environment(nil), io.Discard); err == nil || !strings.Contains(err.Error(), `"more"`) {
		t.Errorf("got %v", err)
	}
	if _, _, err := stackConfig([]string{"more"}, environment(nil)); err == nil || errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
