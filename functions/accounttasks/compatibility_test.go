package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/task"
)

// observed is one request with the original's reaction.
type observed struct {
	Name, Group, Method, Path string
	Headers                   map[string]string
	BodyBase64                string `json:"body_base64"`
	Expect                    struct {
		Status      int
		ContentType string `json:"content_type"`
		ID          string
		Bound       *bound
	}
}

// bound is the model that the original's action received.
type bound struct {
	Enabled                 *bool
	TaskID                  string
	Frequency, Notification int
	StartDate, FinishDate   *string
	Parameters, ContentType string
}

func readCases(t testing.TB) []observed {
	t.Helper()
	file, err := os.Open("testdata/cases.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var cases []observed
	for lines := bufio.NewScanner(file); lines.Scan(); {
		var c observed
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatal(err)
		}
		cases = append(cases, c)
	}
	return cases
}

// TestCompatibility sends the requests that the original got, and compares the results.
func TestCompatibility(t *testing.T) {
	t.Parallel()
	agreed, decided := 0, map[int]int{}
	cases := readCases(t)
	f := startFunction(t)
	for _, c := range cases {
		id := c.Group + "/" + c.Name
		t.Run(id, func(t *testing.T) {
			for _, event := range c.events() {
				f.renewTasks(t, reportTaskID, "00000000-0000-0000-0000-000000000000")
				differs := c.difference(f.invoke(t, event))
				switch decision := decisionOf(id); {
				case differs == "" && decision != 0:
					t.Errorf("agrees with the original, but decision %d is said to make it differ", decision)
				case differs != "" && decision == 0:
					t.Errorf("differs from the original without a decision: %s", differs)
				}
			}
		})
		if decision := decisionOf(id); decision != 0 {
			decided[decision]++
		} else {
			agreed++
		}
	}
	t.Logf("%d of %d cases agree with the original; by decision differ %v", agreed, len(cases), decided)
}

// events are the two forms in which the gateway may pass the request on: with a base64 body, and with a text body,
// which it has decoded.
func (c observed) events() [][]byte {
	body, _ := base64.StdEncoding.DecodeString(c.BodyBase64)
	events := [][]byte{c.event(c.BodyBase64, true)}
	switch text := string(body); {
	case strings.Contains(c.Headers["Content-Type"], "utf-16"):
		events = append(events, c.event(decodeUTF16(body), false))
	case strings.ToValidUTF8(text, "") == text:
		events = append(events, c.event(text, false))
	}
	return events
}

func decodeUTF16(b []byte) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b[2*i]) | uint16(b[2*i+1])<<8
	}
	return string(utf16.Decode(units))
}

func (c observed) event(body string, isBase64 bool) []byte {
	path, query, _ := strings.Cut(c.Path, "?")
	decoded, err := url.PathUnescape(path)
	if err != nil {
		panic(err)
	}
	headers := map[string]string{"authorization": "Bearer " + demo.AccessToken}
	for name, value := range c.Headers {
		headers[strings.ToLower(name)] = value
	}
	event, err := json.Marshal(map[string]any{
		"version": "2.0", "routeKey": "$default", "rawPath": decoded, "rawQueryString": query, "headers": headers,
		"requestContext": map[string]any{
			"stage": "$default",
			"http":  map[string]any{"method": c.Method, "path": decoded},
		},
		"body": body, "isBase64Encoded": isBase64,
	})
	if err != nil {
		panic(err)
	}
	return event
}

// difference describes how an answer differs from the original's. It is empty if they agree.
func (c observed) difference(r reply) string {
	if got, want := r.StatusCode/100, c.Expect.Status/100; got != want {
		return "status " + strings.TrimSpace(jsonOf(r.StatusCode)+" instead of "+jsonOf(c.Expect.Status)) + ": " + r.Body
	}
	if got, want := r.header("Content-Type"), c.Expect.ContentType; want != "" && got != want {
		return "Content-Type " + got + " instead of " + want
	}
	if r.StatusCode != 200 || c.Expect.Bound == nil {
		return ""
	}
	detail := readDetail(r)
	want := c.Expect.Bound
	enabled := want.Enabled == nil || *want.Enabled
	for _, field := range []struct{ name, got, want string }{
		{"ID", detail.ID, c.Expect.ID},
		{"Enabled", jsonOf(detail.Enabled), jsonOf(enabled)},
		{"TaskID", detail.TaskID, want.TaskID},
		{"Frequency", detail.Frequency, task.Frequency(want.Frequency).String()},
		{"StartDate", instant(detail.StartDate), instant(want.StartDate)},
		{"FinishDate", instant(detail.FinishDate), instant(want.FinishDate)},
		{"Parameters", detail.Parameters, want.Parameters},
		{"ContentType", detail.ContentType, want.ContentType},
		{"Notification", detail.Notification, task.Notification(want.Notification).String()},
	} {
		if field.got != field.want {
			return field.name + " " + field.got + " instead of " + field.want
		}
	}
	return ""
}

// instant reads a date of the original. Without an offset it is in UTC.
func instant(written *string) string {
	if written == nil {
		return "null"
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.9999999"} {
		if t, err := time.Parse(layout, *written); err == nil {
			return task.FormatDate(t)
		}
	}
	return "unreadable " + *written
}

func jsonOf(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}
