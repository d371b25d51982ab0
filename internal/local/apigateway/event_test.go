package apigateway_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/local/apigateway"
)

var update = flag.Bool("update", false, "write the golden events anew")

// eventOf returns the event of one request, as sent to the function.
func eventOf(t *testing.T, r *http.Request, route apigateway.Route) []byte {
	t.Helper()
	f := &function{answer: `{"statusCode":200}`}
	answer := serve(gateway(t, f, route), r)
	if len(f.events) != 1 {
		t.Fatalf("the function was not reached: %s", answer.Status)
	}
	// The request id is the only value in an event that a caller cannot set.
	return bytes.ReplaceAll(f.events[0], []byte(answer.Header.Get("Apigw-Requestid")), []byte("REQUEST-ID"))
}

func TestEventsAreThoseOfTheRealGateway(t *testing.T) {
	put := func(target, contentType, body string) *http.Request {
		r := httptest.NewRequest(http.MethodPut, target, strings.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		r.Header.Set("X-Amzn-Trace-Id", "Root=1-0-0")
		return r
	}
	update := apigateway.Route{Method: "PUT", Path: "/tasks/{id}"}

	rich := put("http://127.0.0.1:3000/tasks/a%20b?x=1&y=%C3%A4+%26&x=2&empty=&bare&bad=%zz", "application/json; charset=utf-8", `{"name":"Zürich <&>"}`)
	rich.Header["Accept"] = []string{"application/xml;q=0.5", "application/json"}
	rich.Header["Cookie"] = []string{"a=1; b=2", "c=3"}
	rich.Header.Set("User-Agent", "test/1.0")
	rich.Header.Set("X-Forwarded-For", "198.51.100.7")
	rich.Header.Set("Connection", "close, X-Private")
	rich.Header.Set("X-Private", "not for others")
	rich.Header.Set("Te", "trailers")
	form := put("http://127.0.0.1:3000/tasks/1", "application/x-www-form-urlencoded", "a=1&b=2")
	form.Header.Set("Authorization", "Bearer TOKEN")

	tests := []struct {
		name    string
		request *http.Request
		route   apigateway.Route
	}{
		{"rich", rich, update},
		{"form", form, apigateway.Route{Path: apigateway.DefaultPath}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			compare(t, filepath.Join("testdata", test.name+".json"), eventOf(t, test.request, test.route))
		})
	}
}

// compare checks against the golden file, in which the document is indented.
func compare(t *testing.T, path string, event []byte) {
	t.Helper()
	var got bytes.Buffer
	if err := json.Indent(&got, bytes.TrimSpace(event), "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("got\n%s\nwant\n%s", got.Bytes(), want)
	}
}

func TestWhichBodiesComeAsText(t *testing.T) {
	tests := []struct {
		contentType, body string
		base64            bool
	}{
		{"application/json", "{}", false},
		{"Application/JSON; charset=utf-8", "{}", false},
		{"application/json; charset", "{}", false},
		{"application/xml", "<a/>", false},
		{"application/javascript", "1", false},
		{"text/json", "{}", false},
		{"text/plain", "ä", false},
		{"text/xml; charset=utf-16", "\xfe\xff\x00<", true},
		{"application/json", "\"\xe4\"", true},
		{"application/x-www-form-urlencoded", "a=1", true},
		{"application/octet-stream", "x", true},
		{"application/problem+json", "{}", true},
		{"", "{}", true},
	}
	for _, test := range tests {
		t.Run(test.contentType+" "+test.body, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(test.body))
			if test.contentType != "" {
				r.Header.Set("Content-Type", test.contentType)
			}
			var event events.APIGatewayV2HTTPRequest
			if err := json.Unmarshal(eventOf(t, r, open), &event); err != nil {
				t.Fatal(err)
			}
			if event.IsBase64Encoded != test.base64 || (event.Body == test.body) == test.base64 {
				t.Errorf("got %q, base64: %t", event.Body, event.IsBase64Encoded)
			}
		})
	}
}

func TestARequestWithoutABodyHasNoneInItsEvent(t *testing.T) {
	event := string(eventOf(t, httptest.NewRequest(http.MethodGet, "/", nil), open))
	if strings.Contains(event, `"body"`) || !strings.Contains(event, `"isBase64Encoded":false`) {
		t.Errorf("got %s", event)
	}
}
