package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"accounttasks/internal/local/demo"
)

// tasks are the demo client's own.
var tasks = []string{
	"a23b4ff9-5d7e-4603-b937-6e1f724316b9", "3f2a9c10-5b7e-4d21-8c46-0e9b1a7d55f2", "7798c127-7f74-40c6-9bd4-caf4be84ca89",
}

// bodies are one update in each format.
var bodies = []struct{ contentType, body string }{
	{"application/json", `{"Enabled":true,"TaskID":"7798c127-7f74-40c6-9bd4-caf4be84ca89","Frequency":"DAILY",` +
		`"StartDate":"2026-06-04T03:45:03.2545297+00:00","Parameters":"{\"report\":\"usage\"}","ContentType":"application/json"}`},
	{"application/xml", `<AccountTaskUpdateRequest><TaskID>7798c127-7f74-40c6-9bd4-caf4be84ca89</TaskID><Frequency>WEEKLY</Frequency>` +
		`<Parameters>&lt;report/&gt;</Parameters><ContentType>application/xml</ContentType></AccountTaskUpdateRequest>`},
	{"application/x-www-form-urlencoded", "TaskID=7798c127-7f74-40c6-9bd4-caf4be84ca89&Frequency=2&Parameters=%7B%7D&ContentType=application%2Fjson"},
}

// caller makes requests as the demo client.
type caller struct {
	url, token string
	sent       atomic.Int64
}

func newCaller(ctx context.Context, address string) (*caller, error) {
	client := demo.Clients()[0]
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {client.ID}, "client_secret": {client.ID + "-secret"}}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/Token", strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	got, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer got.Body.Close()
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(got.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("get a token: %w", err)
	}
	return &caller{url: address + "/api/v1/admin/tasks/account/", token: answer.AccessToken}, nil
}

// target makes the next request. Of ten, one repeats the one before with its key, and one has a stale tag.
func (c *caller) target(t *vegeta.Target) error {
	n := c.sent.Add(1)
	update := n
	header := http.Header{"Authorization": {"Bearer " + c.token}}
	switch n % 10 {
	case 3:
		header.Set("Idempotency-Key", strconv.FormatInt(n, 10))
	case 4:
		update = n - 1
		header.Set("Idempotency-Key", strconv.FormatInt(update, 10))
	case 7:
		header.Set("If-Match", `"0-stale"`)
	}
	body := bodies[update%int64(len(bodies))]
	header.Set("Content-Type", body.contentType)
	*t = vegeta.Target{Method: http.MethodPut, URL: c.url + tasks[update/3%int64(len(tasks))], Body: []byte(body.body), Header: header}
	return nil
}

// versions reads the versions of the tasks off the answer that a stale tag gets.
func (c *caller) versions(ctx context.Context) (map[string]int64, error) {
	versions := map[string]int64{}
	for _, id := range tasks {
		request, err := http.NewRequestWithContext(ctx, http.MethodPut, c.url+id, strings.NewReader(bodies[0].body))
		if err != nil {
			return nil, err
		}
		request.Header = http.Header{"Authorization": {"Bearer " + c.token}, "Content-Type": {bodies[0].contentType}, "If-Match": {`"0-stale"`}}
		got, err := http.DefaultClient.Do(request)
		if err != nil {
			return nil, err
		}
		got.Body.Close()
		version, _, _ := strings.Cut(strings.Trim(got.Header.Get("ETag"), `"`), "-")
		if versions[id], err = strconv.ParseInt(version, 10, 64); err != nil {
			return nil, fmt.Errorf("read the version of task %s: status %s: %w", id, got.Status, err)
		}
	}
	return versions, nil
}
