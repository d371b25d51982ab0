package linearizability_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
)

// RoundTrip implements http.RoundTripper.
func (e inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	e.engine.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

// lagging is a transport to a table whose eventually consistent reads are outdated, as DynamoDB's may be. Such a read
// returns the state of the time at which the same read was made before.
type lagging struct {
	table http.RoundTripper
	mu    sync.Mutex
	seen  map[string][]byte // the answers, by request
}

func newLagging(table http.RoundTripper) *lagging {
	return &lagging{table: table, seen: map[string][]byte{}}
}

// RoundTrip implements http.RoundTripper.
func (l *lagging) RoundTrip(r *http.Request) (*http.Response, error) {
	if _, isRead := readOf(r); !isRead {
		return l.table.RoundTrip(r)
	}
	asked, request, err := decoded(r)
	if err != nil {
		return nil, err
	}
	response, err := l.table.RoundTrip(asked)
	if err != nil || request["ConsistentRead"] == true {
		return response, err
	}
	fresh, err := io.ReadAll(response.Body)
	response.Body.Close()
	key, _ := json.Marshal(request)
	l.mu.Lock()
	defer l.mu.Unlock()
	old, known := l.seen[string(key)]
	l.seen[string(key)] = fresh
	if !known {
		old = fresh
	}
	response.Header.Del("X-Amz-Crc32")
	response.Header.Del("Content-Length")
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(old)), int64(len(old))
	return response, err
}

func readOf(r *http.Request) (operation string, isRead bool) {
	_, operation, _ = strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	return operation, operation == "GetItem" || operation == "Query"
}

// decoded reads the body of a request, and returns a request to send in its place.
func decoded(r *http.Request) (again *http.Request, request map[string]any, err error) {
	body, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(body, &request)
	}
	return withBody(r, body), request, err
}

func withBody(r *http.Request, body []byte) *http.Request {
	again := r.Clone(r.Context())
	again.Body, again.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return again
}
