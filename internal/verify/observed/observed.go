// Package observed has the requests that the original was observed to answer (contract section 4), for tests of other
// packages. The compatibility test has the original's answers.
package observed

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// Request is one request as it was sent.
type Request struct {
	// Group is the part of the contract that the request tests: json, body, xml, form, negotiation, routing.
	Group        string
	Method, Path string
	Headers      map[string]string
	Body         []byte `json:"body_base64"`
}

// file is the path of the requests, relative to a package directly in internal.
const file = "../../functions/accounttasks/testdata/cases.jsonl"

// Requests reads the requests. Only tests of packages directly in internal can call it.
func Requests(t testing.TB) []Request {
	t.Helper()
	opened, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	var requests []Request
	lines := bufio.NewScanner(opened)
	for lines.Scan() {
		var r Request
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		requests = append(requests, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	if len(requests) == 0 {
		t.Fatalf("%s holds no requests", file)
	}
	return requests
}
