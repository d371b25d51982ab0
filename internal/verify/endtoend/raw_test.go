package endtoend_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// sendRaw sends a request head as it is given, with a JSON update. It uses no client library, which would correct or
// refuse the head.
func (c client) sendRaw(requestLine string, headers ...string) reply {
	c.t.Helper()
	body := update("1")
	head := append([]string{requestLine, "Host: api.example.com", fmt.Sprintf("Content-Length: %d", len(body)), "Connection: close"}, headers...)
	connection, err := net.Dial("tcp", strings.TrimPrefix(c.stack.URL(), "http://"))
	if err != nil {
		c.t.Fatal(err)
	}
	defer connection.Close()
	if _, err := io.WriteString(connection, strings.Join(head, "\r\n")+"\r\n\r\n"+body); err != nil {
		c.t.Fatal(err)
	}
	return c.read(http.ReadResponse(bufio.NewReader(connection), nil))
}

// TestRepeatedHeaders checks the meaning of a header that is sent twice. An HTTP API joins the lines with a comma.
func TestRepeatedHeaders(t *testing.T) {
	c, w := startWatched(t)
	authorized, json, others := "Authorization: Bearer "+c.token, "Content-Type: application/json", c.as("other").token
	tag := c.put(demoTask, update("0")).mustBe(t, 200, "").Header.Get("ETag")
	w.take()
	own := []string{updateOf(demoTask)}
	for _, test := range []struct {
		name    string
		headers []string
		status  int
		touched []string
	}{
		{"two tags are one list", []string{authorized, json, `If-Match: "1-stale"`, "If-Match: " + tag}, 200, own},
		{"two keys are none", []string{authorized, json, "Idempotency-Key: a", "Idempotency-Key: b"}, 400, nil},
		{"a key sent twice is one", []string{authorized, json, "Idempotency-Key: c", "Idempotency-Key: c"}, 200, own},
		{"two media types are none", []string{authorized, json, "Content-Type: application/xml"}, 415, nil},
		{"two tokens are none", []string{authorized, json, "Authorization: Bearer " + others}, 401, nil},
		{"a token sent twice is none", []string{authorized, json, authorized}, 401, nil},
		{"two hosts are refused", []string{authorized, json, "Host: other.example.com"}, 400, nil},
		{"two lengths are refused", []string{authorized, json, "Content-Length: 5"}, 400, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := c.sendRaw("PUT "+pathOf(demoTask)+" HTTP/1.1", test.headers...); got.StatusCode != test.status {
				t.Errorf("got %d, want %d: %s", got.StatusCode, test.status, got.body)
			}
			w.mustTouch(t, test.touched...)
		})
	}
	for _, key := range []string{"a", "b"} {
		if got := c.put(demoTask, update("2"), "Idempotency-Key", key).mustBe(t, 200, "").Header.Get("Idempotency-Replayed"); got != "" {
			t.Errorf("the key %s alone counts as a repeat of both keys", key)
		}
	}
}
