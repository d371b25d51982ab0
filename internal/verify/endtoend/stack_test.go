// Package endtoend starts the local stack with the function's own binary and speaks HTTP to it, as a caller does.
package endtoend_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"accounttasks/internal/local/stack"
)

const (
	demoTask   = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	secondTask = "3f2a9c10-5b7e-4d21-8c46-0e9b1a7d55f2"
	otherTask  = "0dd0acc0-0000-4000-8000-000000000001"
	reportTask = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
)

var binaries string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if binaries, err = os.MkdirTemp("", "endtoend"); err != nil {
			panic(err)
		}
		defer os.RemoveAll(binaries)
		return m.Run()
	}())
}

// built returns a command's binary. Each command is built once.
func built(t testing.TB, pkg string) string {
	t.Helper()
	path := filepath.Join(binaries, filepath.Base(pkg))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	build := exec.Command("go", "build", "-tags", "lambda.norpc", "-o", path, pkg)
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build %s: %v\n%s", pkg, err, out)
	}
	return path
}

// accountTasks is the logical id of the function under test.
const accountTasks = "AccountTasksFunction"

// functions returns the folder of the functions' binaries. `make test` names it; otherwise the test builds it once.
func functions(t testing.TB) string {
	t.Helper()
	if path := os.Getenv("FUNCTIONS_DIR"); path != "" {
		return path
	}
	path := filepath.Join(binaries, "functions")
	if _, err := os.Stat(path); err == nil {
		return path
	}
	if out, err := exec.Command("make", "-C", "../../..", "functions", "LOCAL="+path).CombinedOutput(); err != nil {
		t.Fatalf("make functions: %v\n%s", err, out)
	}
	return path
}

// functionsWith returns a folder of all functions in which accountTasks has another binary.
func functionsWith(t testing.TB, binary string) string {
	t.Helper()
	built, err := filepath.Glob(filepath.Join(functions(t), "*", "bootstrap"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, path := range built {
		name := filepath.Base(filepath.Dir(path))
		if name == accountTasks {
			path = binary
		}
		if err := errors.Join(os.Mkdir(filepath.Join(folder, name), 0o700), os.Symlink(path, filepath.Join(folder, name, "bootstrap"))); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// output collects what the stack prints.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// client sends requests to a new stack with a token of one of the demo clients.
type client struct {
	t      testing.TB
	stack  *stack.Stack
	output *output
	token  string
}

// start starts a stack that ends with the test.
func start(t testing.TB, configure ...func(*stack.Config)) client {
	t.Helper()
	out := &output{}
	config := stack.Config{Template: "../../../template.yaml", Functions: functions(t), Output: out}
	for _, change := range configure {
		change(&config)
	}
	running, err := stack.Start(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	return client{t: t, stack: running, output: out}.as("demo")
}

// as gets a token for another client of the same stack.
func (c client) as(id string) client {
	c.t.Helper()
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {id + "-secret"}}
	got, err := http.PostForm(c.stack.URL()+"/Token", form)
	if err != nil {
		c.t.Fatal(err)
	}
	defer got.Body.Close()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(got.Body).Decode(&answer); err != nil || answer.AccessToken == "" {
		c.t.Fatalf("no token: status %s, %v", got.Status, err)
	}
	c.token = answer.AccessToken
	return c
}

// reply is an answer with its body read.
type reply struct {
	*http.Response
	body string
}

// send sends a request. Headers are name, value, name, value.
func (c client) send(method, path, body string, headers ...string) reply {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), method, c.stack.URL()+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+c.token)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return c.read(http.DefaultClient.Do(request))
}

// read reads an answer to its end.
func (c client) read(got *http.Response, err error) reply {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return reply{got, string(content)}
}

// put sends a JSON update of a task.
func (c client) put(id, body string, headers ...string) reply {
	c.t.Helper()
	return c.send("PUT", pathOf(id), body, append([]string{"Content-Type", "application/json"}, headers...)...)
}

func pathOf(id string) string { return "/api/v1/admin/tasks/account/" + id }

// update is a valid JSON update with these parameters.
func update(parameters string) string {
	quoted, err := json.Marshal(parameters)
	if err != nil {
		panic(err)
	}
	return fmt.Sprintf(`{"TaskID":"%s","Frequency":"DAILY","Parameters":%s,"ContentType":"application/json"}`, reportTask, quoted)
}

// envelope is the answer in JSON.
type envelope struct {
	Error        *struct{ ErrorCode, ErrorReason string }
	ResponseData struct {
		Identification *struct{ UserID string }
		Result         string
		Detail         *struct{ ID, Name, Parameters, LastModifiedBy string }
	}
}

// envelope reads the answer's body.
func (r reply) envelope(t testing.TB) envelope {
	t.Helper()
	var e envelope
	if err := json.Unmarshal([]byte(r.body), &e); err != nil {
		t.Fatalf("%s is not an envelope: %v", r.body, err)
	}
	return e
}

// mustBe fails the test unless the answer has this status and, for an error, this code.
func (r reply) mustBe(t testing.TB, status int, code string) reply {
	t.Helper()
	got := ""
	if r.Header.Get("Content-Type") == "application/json; charset=utf-8" {
		if e := r.envelope(t); e.Error != nil {
			got = e.Error.ErrorCode
		}
	}
	if r.StatusCode != status || got != code {
		t.Fatalf("got %d %s, want %d %s: %s", r.StatusCode, got, status, code, r.body)
	}
	return r
}
