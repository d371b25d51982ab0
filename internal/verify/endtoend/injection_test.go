package endtoend_test

import (
	"regexp"
	"strings"
	"testing"
)

// requestLine matches the line that the local gateway prints for a request.
var requestLine = regexp.MustCompile(`^[A-Z'|]+ /\S* \d{3}  \S+(  [A-Za-z]+ instance-1)?$`)

// TestNothingSentForgesTheLog sends characters that would end a line, a JSON text or a terminal's state if they were
// printed unescaped. It checks every line that the stack and its function print.
func TestNothingSentForgesTheLog(t *testing.T) {
	c := start(t)
	const put = "PUT /api/v1/admin/tasks/account/" + demoTask
	authorized := []string{"Authorization: Bearer " + c.token, "Content-Type: application/json"}
	tests := []struct {
		name, line string
		headers    []string
		status     int
	}{
		{"a line break in the path", "PUT /%0D%0A%7B%22forged%22:1%7D", nil, 404},
		{"JSON in the path", `PUT /"},{"forged":"1`, nil, 404},
		{"an escape sequence in the path", "PUT /%1B[2Jforged", nil, 404},
		{"bytes that are not text in the path", "PUT /\xff\xfeforged", nil, 404},
		{"a line break in the id", put + "%0A%7B%22forged%22:1%7D", nil, 400},
		{"marks in the method", "F'O|RGED " + pathOf(demoTask), nil, 405},
		{"JSON in the trace", put, []string{`X-Amzn-Trace-Id: Root=1","forged":"1`}, 200},
		{"JSON in the user agent", put, []string{`User-Agent: "},{"forged":"1`}, 200},
		{"JSON in a tag", put, []string{`If-Match: "\",\"forged\":1"`}, 400},
		{"JSON in a key", put, []string{`Idempotency-Key: "}{"forged":"1`}, 200},
		{"JSON and a comma in a key", put, []string{`Idempotency-Key: "},{"forged":"1`}, 400},
		{"JSON in a media type", put, []string{`Content-Type: "},{"forged":"1`}, 415},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := c.sendRaw(test.line+" HTTP/1.1", append(test.headers, authorized...)...)
			if got.StatusCode != test.status {
				t.Errorf("got %d, want %d: %s", got.StatusCode, test.status, got.body)
			}
		})
	}
	c.stack.Close()
	for line := range strings.Lines(c.output.String()) {
		if !strings.HasPrefix(line, "{") && !requestLine.MatchString(strings.TrimSuffix(line, "\n")) {
			t.Errorf("%q is not a line of the gateway", line)
		}
	}
	records := recordsOf(t, c.output.String())
	if len(records) != len(tests) {
		t.Errorf("got %d records, want one for each of %d requests", len(records), len(tests))
	}
	for _, record := range records {
		if _, forged := record["forged"]; forged || record["message"] != "request" || record["level"] != "INFO" {
			t.Errorf("%v is not a record of the function", record)
		}
	}
}

// TestControlCharactersAreRefused shows that requests with forbidden characters are refused before they are processed.
func TestControlCharactersAreRefused(t *testing.T) {
	c, w := startWatched(t)
	const put = "PUT /api/v1/admin/tasks/account/" + demoTask
	for name, head := range map[string][]string{
		"a carriage return in a header": {put, "X-Amzn-Trace-Id: a\rForged: 1"},
		"a null in a header":            {put, "Idempotency-Key: a\x00b"},
		"an escape sequence":            {put, "If-Match: \x1b[2J"},
		"a null in the path":            {put + "\x00"},
		"an escape sequence in a path":  {put + "\x1b[2J"},
		"JSON in the method":            {`P"UT /`},
		"a space before the colon":      {put, "Authorization : Bearer x"},
		"JSON in place of a header":     {put, `{"forged":1}`},
	} {
		t.Run(name, func(t *testing.T) {
			got := c.sendRaw(head[0]+" HTTP/1.1", append([]string{"Authorization: Bearer " + c.token}, head[1:]...)...)
			if got.StatusCode != 400 {
				t.Errorf("got %d, want 400: %s", got.StatusCode, got.body)
			}
			w.mustTouch(t)
		})
	}
}

// TestHeadOverTheLimitNeverReachesTheFunction sends request heads just above the limit of an HTTP API.
func TestHeadOverTheLimitNeverReachesTheFunction(t *testing.T) {
	c, w := startWatched(t)
	long := strings.Repeat("x", 10240)
	for name, send := range map[string]func() reply{
		"a long header":  func() reply { return c.put(demoTask, update("1"), "X-Long", long) },
		"a long key":     func() reply { return c.put(demoTask, update("1"), "Idempotency-Key", long) },
		"a long list":    func() reply { return c.put(demoTask, update("1"), "If-Match", strings.Repeat(`"1-a",`, 1707)) },
		"a long id":      func() reply { return c.put(long, update("1")) },
		"a long query":   func() reply { return c.put(demoTask+"?"+long, update("1")) },
		"a long token":   func() reply { return client{t, c.stack, c.output, c.token + long}.put(demoTask, update("1")) },
		"headers in sum": func() reply { return c.put(demoTask, update("1"), "X-A", long[:6000], "X-B", long[:6000]) },
	} {
		t.Run(name, func(t *testing.T) {
			if got := send(); got.StatusCode != 431 || !strings.HasPrefix(got.body, `{"message":`) {
				t.Errorf("got %d %s, want the gateway's 431", got.StatusCode, got.body)
			}
			w.mustTouch(t)
		})
	}
}
