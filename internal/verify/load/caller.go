package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"

	vegeta "github.com/tsenart/vegeta/v12/lib"

	"accounttasks/internal/local/demo"
)

// caller makes requests as the demo client.
type caller struct {
	url, token string
	sent       atomic.Int64
	tags       []atomic.Pointer[string] // the last entity-tag seen of each task
}

func newCaller(ctx context.Context, address string) (*caller, error) {
	client := demo.Clients()[0]
	form := url.Values{"grant_type": {"client_credentials"}, "client_id": {client.ID}, "client_secret": {client.Secret}}
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
	return &caller{
		url: address + "/api/v1/admin/tasks/account/", token: answer.AccessToken,
		tags: make([]atomic.Pointer[string], len(tasks)),
	}, nil
}

// target makes the next request. It implements vegeta.Targeter.
func (c *caller) target(t *vegeta.Target) error {
	r := requestOf(c.sent.Add(1))
	contentType, body := r.body()
	header := http.Header{"Authorization": {"Bearer " + c.token}, "Content-Type": {contentType}}
	switch r.guard {
	case keyed:
		header.Set("Idempotency-Key", r.key())
	case staleTag:
		header.Set("If-Match", `"0-stale"`)
	case currentTag:
		if tag := c.tags[r.task].Load(); tag != nil {
			header.Set("If-Match", *tag)
		}
	}
	*t = vegeta.Target{Method: http.MethodPut, URL: c.url + tasks[r.task] + r.query(), Body: []byte(body), Header: header}
	return nil
}

// saw records the entity-tag of an answer.
func (c *caller) saw(r request, tag string) {
	if tag != "" {
		c.tags[r.task].Store(&tag)
	}
}
