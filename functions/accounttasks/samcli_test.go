//go:build samlocal

package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// These tests run what `sam build` made in containers, by SAM's own command line. `make test-sam-local` sets
// the stage: SAM_CLI and SAM_LOCAL_CONFIG are the command and its environment in samconfig.toml, and
// SAM_LOCAL_HOST is the address of this machine that containers know as host.docker.internal.

// TestSAMLocalStartLambdaAnswersEveryEvent sends every event to the function in one container, each on a new table with
// the demo data, and expects the same answers as TestEvents. A container for each would take minutes and show no more.
func TestSAMLocalStartLambdaAnswersEveryEvent(t *testing.T) {
	s := newStage(t)
	url := "http://" + samLocalStart(t, "start-lambda", "--env-vars", s.environment) + "/2015-03-31/functions/AccountTasksFunction/invocations"
	for _, name := range jsonFiles(t, eventFiles) {
		t.Run(strings.TrimSuffix(name, ".json"), func(t *testing.T) {
			s.renew(t)
			_, answer := send(t, http.MethodPost, url, "application/json", string(readFile(t, filepath.Join(eventFiles, name))), "")
			expectGolden(t, name, []byte(answer))
		})
	}
}

// TestSAMLocalInvoke invokes the event that README invokes.
func TestSAMLocalInvoke(t *testing.T) {
	answer := samLocalInvoke(t, "--event", "events/http/v2-json.json", "--env-vars", newStage(t).environment)
	expectGolden(t, "v2-json.json", answer)
}

func expectGolden(t *testing.T, name string, answer []byte) {
	t.Helper()
	got, want := goldenForm(t, answer), readFile(t, filepath.Join(answerFiles, name))
	if !bytes.Equal(got, want) {
		t.Errorf("the answer differs from the golden one:\n got %s\nwant %s", got, want)
	}
}

// TestSAMLocalInvokeRunner sends the schedule's event to the runner, while a task is due.
func TestSAMLocalInvokeRunner(t *testing.T) {
	s := newStage(t)
	id := s.makeDue(t)
	answer := samLocalInvoke(t, "RunnerFunction", "--event", "events/schedule/tick.json", "--env-vars", s.environment)
	if got := strings.TrimSpace(string(answer)); got != "{}" {
		t.Errorf("the runner answered %s, want {}", got)
	}
	sent := s.sent()
	if len(sent) != 1 || !strings.Contains(sent[0], `"id":"`+id.String()+`"`) || !strings.Contains(sent[0], `"trigger":"SCHEDULE"`) {
		t.Errorf("got the events %s, want one, of task %s", sent, id)
	}
}

// makeDue registers a task that has been due for an hour.
func (s *stage) makeDue(t *testing.T) uuid.UUID {
	t.Helper()
	id, due := uuid.New(), time.Now().UTC().Add(-time.Hour).Truncate(task.DateResolution)
	if _, err := dynamo.PutIfAbsent(t.Context(), s.client, testTable, dynamo.TaskItem(demoAccount, storedTask(id))); err != nil {
		t.Fatal(err)
	}
	update := task.ConditionalUpdate{
		AccountID: demoAccount, ID: id, Name: "Send scheduled report", ModifiedBy: "demo.user", ModifiedAt: due.Add(-time.Minute), Token: "t", Fingerprint: "f",
		Definition: task.Definition{TaskID: uuid.MustParse(reportTaskID), Frequency: task.FrequencyDaily, StartDate: due, Parameters: "{}", ContentType: task.ContentTypeJSON},
	}
	if _, err := dynamo.NewTable(s.client, testTable).Update(t.Context(), update); err != nil {
		t.Fatal(err)
	}
	return id
}

// TestSAMLocalStartAPI gets a token from the token function and calls every operation with it.
func TestSAMLocalStartAPI(t *testing.T) {
	origin := "http://" + samLocalStart(t, "start-api", "--env-vars", newStage(t).environment)
	token := getToken(t, origin)
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
	const form = "TaskID=7798c127-7f74-40c6-9bd4-caf4be84ca89&Frequency=DAILY&Parameters=%7B%7D&ContentType=application%2Fjson"
	const tasks, id = "/api/v1/admin/tasks/account", "/" + demoTask
	for _, test := range []struct {
		name, method, path, contentType, body string
		status                                int
		want                                  string
	}{
		{"JSON", "PUT", tasks + id, "application/json", body, 200, `{"Error":null,"ResponseData":{"Identification":{"UserId":"demo.user"},"Result":"Success"`},
		{"XML", "PUT", tasks + id, "application/xml", xmlBody, 200, `<Result>Success</Result>`},
		{"a form, which start-api passes on as text", "PUT", tasks + id, "application/x-www-form-urlencoded", form, 200, `"Result":"Success"`},
		{"the default route", "PUT", "/API/V1/ADMIN/TASKS/ACCOUNT" + id + "/", "application/json", body, 200, `"Result":"Success"`},
		{"another account's task", "PUT", tasks + "/0dd0acc0-0000-4000-8000-000000000001", "application/json", body, 404, `"ErrorCode":"TaskNotFound"`},
		{"another method", "PATCH", tasks + id, "", "", 405, `"ErrorCode":"MethodNotAllowed"`},
		{"register", "POST", "/api/v2/admin/tasks/account", "application/json", body, 200, `"Name":"Send scheduled report"`},
		{"list", "GET", tasks + "?count=1", "", "", 200, `"Detail":[{"ID":"`},
		{"read", "GET", tasks + id, "", "", 200, `"Detail":{"ID":"` + demoTask + `"`},
		{"catalogue", "GET", "/api/v1/admin/tasks", "", "", 200, `"Name":"Import address book"`},
		{"run now", "POST", tasks + "/run?id=" + demoTask, "", "", 200, `"Detail":{}`},
		{"runs", "GET", tasks + id + "/runs?count=1", "", "", 200, `"Trigger":"MANUAL"`},
		{"schedule", "GET", tasks + id + "/schedule?count=1", "", "", 200, `"Detail":["`},
		{"delete", "DELETE", tasks + id, "", "", 200, `"Detail":{"ID":"` + demoTask + `"`},
		{"add a client", "POST", "/api/v1/admin/clients", "application/json",
			`{"Name":"Nightly export","Secret":"a-secret-of-twelve","UserID":"11111111-2222-4333-8444-555555555555"}`, 200, `"Name":"Nightly export"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			status, answer := send(t, test.method, origin+test.path, test.contentType, test.body, "Bearer "+token)
			if status != test.status || !strings.Contains(answer, test.want) {
				t.Errorf("got %d %s\nwant %d %s", status, answer, test.status, test.want)
			}
			if status, answer := send(t, test.method, origin+test.path, test.contentType, test.body, ""); status == 200 {
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
