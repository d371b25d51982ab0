//go:build clients || dotnet || oauth || quickstarts

package clients_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/stack"
)

// startStack starts the local stack and gives its address. The variable FUNCTIONS_DIR names the folder of the
// functions' binaries.
func startStack(t *testing.T) (origin string) {
	t.Helper()
	functions := os.Getenv("FUNCTIONS_DIR")
	if functions == "" {
		t.Fatal("FUNCTIONS_DIR is not set: run the target of make that is named in the package comment")
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

// accessToken gets a token as the demo client does.
func accessToken(t *testing.T, origin string) string {
	t.Helper()
	answer, err := http.PostForm(origin+"/Token", url.Values{
		"grant_type": {"client_credentials"}, "client_id": {"demo"}, "client_secret": {"demo-secret"},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&token); err != nil || token.AccessToken == "" {
		t.Fatalf("got %s, %v; want a token", answer.Status, err)
	}
	return token.AccessToken
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

// run runs a program with additional variables and returns what it prints. A program that aborts is run once more: Mono
// does so when its own threads fail one of its assertions, which happens now and then on a busy machine. No answer of
// the service leads to it: a client's exception ends Mono with status 1.
func run(t *testing.T, variables []string, name string, arguments ...string) string {
	t.Helper()
	output, complaints, err := attempt(t, variables, name, arguments)
	if aborted(err) {
		t.Logf("%s aborted and is run once more:\n%s", name, complaints)
		output, complaints, err = attempt(t, variables, name, arguments)
	}
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", strings.Join(append([]string{name}, arguments...), " "), err, output, complaints)
	}
	return output
}

func attempt(t *testing.T, variables []string, name string, arguments []string) (output, complaints string, err error) {
	command := exec.CommandContext(t.Context(), name, arguments...)
	command.Env = append(append(os.Environ(), "MONO_PATH="+jsonNetFolder), variables...)
	var stderr bytes.Buffer
	command.Stderr = &stderr
	stdout, err := command.Output()
	return string(stdout), stderr.String(), err
}

// aborted reports whether a program ended by SIGABRT.
func aborted(err error) bool {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return false
	}
	status, ok := exit.Sys().(syscall.WaitStatus)
	return ok && status.Signaled() && status.Signal() == syscall.SIGABRT
}

// putTask updates a task with an update in JSON.
func putTask(t *testing.T, origin, token, update string) *http.Response {
	t.Helper()
	url := origin + "/api/v1/admin/tasks/account/" + demo.TaskID.String()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, url, strings.NewReader(update))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { answer.Body.Close() })
	return answer
}
