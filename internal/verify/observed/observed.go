// Package observed holds the requests that the original was seen to answer (contract section 4), for the
// tests of packages that start from them. What the original answered is the compatibility test's matter.
package observed

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

// Request is one request as it was sent.
type Request struct {
	// Group is the part of the contract that the request tries: json, body, xml, form, negotiation, routing.
	Group        string
	Method, Path string
	Headers      map[string]string
	Body         []byte `json:"body_base64"`
}

// file is where the requests are kept, seen from a package of internal.
const file = "../../functions/accounttasks/testdata/cases.jsonl"

// Requests reads the requests. It serves the tests of packages that lie directly in internal.
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
