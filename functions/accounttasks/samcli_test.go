//go:build samlocal

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"

	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/table"
)

// These tests run what `sam build` made in containers, by SAM's own command line. `make test-sam-local` sets
// the stage: SAM_CLI and SAM_LOCAL_CONFIG are the command and its environment in samconfig.toml, and
// SAM_LOCAL_HOST is the address of this machine that containers know as host.docker.internal.

// TestSAMLocalInvokeAnswersEveryEvent has the function answer every event of the folder, each in a container of
// its own and on a fresh table with the demo data, as TestEvents has.
func TestSAMLocalInvokeAnswersEveryEvent(t *testing.T) {
	for i, name := range jsonFiles(t, eventFiles) {
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			if i > 0 { // The first one makes the image that the others use.
				t.Parallel()
			}
			environment := serveDemoTable(t)
			answer := samLocalInvoke(t, "--event", filepath.Join("events/http", name), "--env-vars", environment)
			got, want := goldenForm(t, answer), readFile(t, filepath.Join(answerFiles, name))
			if !bytes.Equal(got, want) {
				t.Errorf("the answer differs from the golden one:\n got %s\nwant %s", got, want)
			}
		})
	}
}

// TestSAMLocalStartAPI gets a token of the token's function and uses it with the tasks' function.
func TestSAMLocalStartAPI(t *testing.T) {
	address := startAPI(t, "--env-vars", serveDemoTable(t))
	token := getToken(t, "http://"+address)
	// The first two are README's.
	const body = `{
  "Enabled": true, "TaskID": "7798c127-7f74-40c6-9bd4-caf4be84ca89", "Frequency": "DAILY",
  "StartDate": "2026-06-04T03:45:03.2545297+00:00", "Parameters": "{\"report\":\"usage\"}",
  "ContentType": "application/json", "Notification": "ON_FAILURE"}`
	const xmlBody = `
<AccountTaskUpdateRequest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <TaskID>7798c127-7f74-40c6-9bd4-caf4be84ca89</TaskID><Frequency>WEEKLY</Frequency>
  <FinishDate xsi:nil="true" /><Parameters>&lt;report name="usage" /&gt;</Parameters>
  <ContentType>application/xml</ContentType></AccountTaskUpdateRequest>`
	for _, test := range []struct {
		name, method, path, contentType, body string
		status                                int
		want                                  string
	}{
		{"JSON", "PUT", "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9", "application/json", body,
			200, `{"Error":null,"ResponseData":{"Identification":{"UserId":"demo.user"},"Result":"Success"`},
		{"XML", "PUT", "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9", "application/xml", xmlBody, 200, `<Result>Success</Result>`},
		{"a form, which start-api passes on as text", "PUT", "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9",
			"application/x-www-form-urlencoded", "TaskID=7798c127-7f74-40c6-9bd4-caf4be84ca89&Frequency=DAILY&Parameters=%7B%7D&ContentType=application/json",
			200, `"Result":"Success"`},
		{"the default route", "PUT", "/API/V1/ADMIN/TASKS/ACCOUNT/a23b4ff9-5d7e-4603-b937-6e1f724316b9/", "application/json", body, 200, `"Result":"Success"`},
		{"another account's task", "PUT", "/api/v1/admin/tasks/account/0dd0acc0-0000-4000-8000-000000000001", "application/json", body, 404, `"ErrorCode":"TaskNotFound"`},
		{"another method", "PATCH", "/api/v1/admin/tasks/account/a23b4ff9-5d7e-4603-b937-6e1f724316b9", "", "", 405, `"ErrorCode":"MethodNotAllowed"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, answer := send(t, test.method, "http://"+address+test.path, test.contentType, test.body, "Bearer "+token)
			if status != test.status || !strings.Contains(answer, test.want) {
				t.Errorf("got %d %s\nwant %d %s", status, answer, test.status, test.want)
			}
			if status, answer := send(t, test.method, "http://"+address+test.path, test.contentType, test.body, ""); status == 200 {
				t.Errorf("got %d %s without a token", status, answer)
			}
		})
	}
}

// getToken gets an access token as the demo client, as README does.
func getToken(t *testing.T, origin string) string {
	t.Helper()
	const form = "grant_type=client_credentials&client_id=demo&client_secret=demo-secret"
	status, answer := send(t, http.MethodPost, origin+"/Token", "application/x-www-form-urlencoded", form, "")
	var granted struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(answer), &granted); err != nil || granted.AccessToken == "" {
		t.Fatalf("no token: %d %s", status, answer)
	}
	return granted.AccessToken
}

// dockerHost is the name under which a container finds the machine that it runs on.
const dockerHost = "host.docker.internal"

// serveDemoTable serves a new table to containers, and returns the file of variables that names it to them.
func serveDemoTable(t *testing.T) (environment string) {
	t.Helper()
	engine, err := table.StartEmbedded(net.JoinHostPort(setting(t, "SAM_LOCAL_HOST"), "0"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	client, err := table.LocalAccess(engine.Endpoint()).Client()
	if err != nil {
		t.Fatal(err)
	}
	dynamotest.CreateTable(t, client, testTable)
	if err := demo.Seed(t.Context(), client, testTable); err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(strings.TrimPrefix(engine.Endpoint(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	access := map[string]string{"TABLE_NAME": testTable, "EVENT_BUS": "account-tasks", "AWS_ENDPOINT_URL_DYNAMODB": "http://" + net.JoinHostPort(dockerHost, port)}
	variables, err := json.Marshal(map[string]map[string]string{"AccountTasksFunction": access, "TokenFunction": access})
	if err != nil {
		t.Fatal(err)
	}
	environment = filepath.Join(t.TempDir(), "environment.json")
	writeFile(t, environment, variables)
	return environment
}

// portTaken is how Docker refuses a port. SAM draws one at random and lets go of it until its container takes it,
// so that two invocations at a time draw the same one now and then.
var portTaken = regexp.MustCompile(`port is already allocated|address already in use`)

// samLocalInvoke is what the function answers in a container.
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

// startAPI starts `sam local start-api` and gives its address.
func startAPI(t *testing.T, arguments ...string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	command := samLocal(t, "start-api", append(arguments, "--port", fmt.Sprint(listener.Addr().(*net.TCPAddr).Port))...)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := command.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		_, _ = io.Copy(io.Discard, stderr) // until it has removed its containers
		_ = command.Wait()
	})
	var said strings.Builder
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.Contains(lines.Text(), "Running on http://"+address) {
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

func send(t *testing.T, method, url, contentType, body, authorization string) (status int, answer string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", contentType)
	if authorization != "" {
		request.Header.Set("Authorization", authorization)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
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
