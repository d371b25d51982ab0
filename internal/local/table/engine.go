package table

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/crc32"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/truora/minidyn/server"
)

// Engine is the embedded DynamoDB: minidyn with what it gets wrong put right (REMOVE, pages, indexes,
// transactions, tables created concurrently). It serves one request at a time.
type Engine struct {
	minidyn http.Handler

	mu      sync.Mutex
	tables  map[string]index            // their own keys, by name
	indexes map[string]map[string]index // by table and name
}

// NewEngine makes an engine without tables.
func NewEngine() *Engine {
	return &Engine{minidyn: server.NewServer(), tables: map[string]index{}, indexes: map[string]map[string]index{}}
}

// ServeHTTP implements http.Handler.
func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	target := r.Header.Get("X-Amz-Target")
	_, operation, _ := strings.Cut(target, ".")
	c := call{engine: e, request: r}
	e.mu.Lock()
	answer := c.answer(operation, body)
	e.mu.Unlock()
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	// The SDK for Go warns of an answer without its checksum, unless it is told not to look.
	w.Header().Set("X-Amz-Crc32", strconv.FormatUint(uint64(crc32.ChecksumIEEE(answer.body.Bytes())), 10))
	w.WriteHeader(answer.status)
	_, _ = w.Write(answer.body.Bytes())
}

// call is one request while the engine is locked.
type call struct {
	engine  *Engine
	request *http.Request
}

// noValues is how a client writes an empty map of values.
var noValues = []byte(`"ExpressionAttributeValues":{}`)

func (c call) answer(operation string, body []byte) *answer {
	if bytes.Contains(body, noValues) { // not in a text, whose quotation marks are escaped
		return failure(errors.New("ExpressionAttributeValues must not be empty"))
	}
	if err := checkExpressions(body); err != nil {
		return failure(err)
	}
	a := c.carryOut(operation, body)
	if a.status == http.StatusOK {
		c.reindex(operation, body)
	}
	return a
}

func (c call) carryOut(operation string, body []byte) *answer {
	switch operation {
	case "UpdateItem":
		return c.update(body)
	case "DeleteItem":
		return c.askAcrossTypes(operation, body)
	case "Query":
		return c.query(body)
	case "TransactWriteItems":
		return c.transactWrite(body)
	case "CreateTable":
		return c.createTable(body)
	}
	return c.ask(operation, body)
}

// ask makes minidyn process an operation.
func (c call) ask(operation string, body []byte) *answer {
	r := c.request.Clone(c.request.Context())
	r.Header.Set("X-Amz-Target", "DynamoDB_20120810."+operation)
	r.Body = io.NopCloser(bytes.NewReader(body))
	a := &answer{status: http.StatusOK, header: http.Header{}}
	c.engine.minidyn.ServeHTTP(a, r)
	return a
}

// askFor asks with a request made of in, and reads the answer into out where it is a success.
func (c call) askFor(operation string, in, out any) *answer {
	body, err := json.Marshal(in)
	if err != nil {
		return failure(err)
	}
	a := c.ask(operation, body)
	if a.status == http.StatusOK {
		if err := json.Unmarshal(a.body.Bytes(), out); err != nil {
			return failure(err)
		}
	}
	return a
}

// answer is what minidyn says, kept until the engine is unlocked.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

// Header implements http.ResponseWriter.
func (a *answer) Header() http.Header { return a.header }

// Write implements http.ResponseWriter.
func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) { a.status = status }

func success(content any) *answer {
	a := &answer{status: http.StatusOK}
	if err := json.NewEncoder(&a.body).Encode(content); err != nil {
		return failure(err)
	}
	return a
}

// failure is DynamoDB's refusal of a request that it cannot read.
func failure(err error) *answer {
	a := &answer{status: http.StatusBadRequest}
	_ = json.NewEncoder(&a.body).Encode(map[string]string{"__type": "ValidationException", "message": err.Error()})
	return a
}
