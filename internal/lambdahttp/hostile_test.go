package lambdahttp_test

import (
	"bytes"
	"encoding/json"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/lambdahttp"
)

// forgery is text that ends a line and a JSON text and begins others.
const forgery = "x\"}\r\n{\"forged\":1}\r\nForged: 1\r\n\x1b[2J"

// hostile puts the forgery into one part of an event, whichever version it has.
var hostile = map[string][]func(object){
	"the method": {with(forgery, "requestContext", "http", "method"), with(forgery, "httpMethod")},
	"the path":   {with("/"+forgery, "rawPath"), with("/"+forgery, "path")},
	"the id":     {with("PUT "+template, "routeKey"), with(template, "resource"), with(object{"id": forgery}, "pathParameters")},
	"the query":  {with(forgery, "rawQueryString"), with(object{forgery: forgery}, "queryStringParameters")},
	"the headers": {with(nil, "multiValueHeaders"), with(object{
		"content-type": "application/json", "idempotency-key": forgery, "if-match": forgery, "accept": forgery, forgery: forgery,
		"authorization": authorization, "x-amzn-trace-id": forgery, "user-agent": forgery, "host": forgery,
	}, "headers")},
	"the media type": {with(nil, "multiValueHeaders"), with(object{"content-type": forgery, "authorization": authorization}, "headers")},
	"the body":       {with(forgery, "body")},
	"a field":        {with(`{"TaskID":"\r\n{\"forged\":1}\r\n"}`, "body")},
	"the token":      {with(nil, "multiValueHeaders"), with(object{"authorization": "Bearer " + forgery}, "headers")},
}

// TestNothingInAnEventForgesARecordOrAHeader puts the forgery into every part of an event, and into a panic's text. The
// log must get one record, and the answer only its usual headers.
func TestNothingInAnEventForgesARecordOrAHeader(t *testing.T) {
	for version, make := range bothVersions {
		for part, changes := range hostile {
			checkForgery(t, version+", "+part, newStage(), make(changes...))
		}
		panicking := newStage()
		panicking.updater.panics = forgery
		checkForgery(t, version+", a panic", panicking, make())
	}
}

func checkForgery(t *testing.T, name string, s *stage, event string) {
	t.Helper()
	answer, err := lambdahttp.NewHandler(s).Invoke(t.Context(), []byte(event))
	if err != nil {
		t.Fatalf("%s: the handler failed: %v", name, err)
	}
	var record map[string]any
	if err := json.Unmarshal(s.log.Bytes(), &record); err != nil || bytes.Count(s.log.Bytes(), []byte("\n")) != 1 || record["forged"] != nil {
		t.Errorf("%s: got the log %q, want one record", name, s.log.String())
	}
	var sent reply
	if err := json.Unmarshal(answer, &sent); err != nil {
		t.Fatalf("%s: the answer is not JSON: %v", name, err)
	}
	for header, value := range sent.Headers {
		checkHeader(t, name, header, value)
	}
	for header, values := range sent.MultiValueHeaders {
		checkHeader(t, name, header, strings.Join(values, ""))
	}
}

func checkHeader(t *testing.T, name, header, value string) {
	t.Helper()
	if !slices.Contains([]string{"Content-Type", "Cache-Control", "Etag", "Allow", "Www-Authenticate"}, header) || strings.ContainsAny(value, "\r\n\x1b") {
		t.Errorf("%s: got the header %q: %q", name, header, value)
	}
}

// TestNothingIsPrintedBesideTheLog checks the library. It prints a request that it cannot make, unescaped and with line
// breaks, to the output that becomes the function's log.
func TestNothingIsPrintedBesideTheLog(t *testing.T) {
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, stderr := os.Stdout, log.Writer()
	os.Stdout = write
	log.SetOutput(write)
	for _, make := range bothVersions {
		for _, changes := range hostile {
			newStage().invoke(t, make(changes...))
		}
	}
	os.Stdout = stdout
	log.SetOutput(stderr)
	write.Close()
	printed, err := io.ReadAll(read)
	if err != nil || len(printed) > 0 {
		t.Errorf("got %q and %v, want nothing", printed, err)
	}
}
