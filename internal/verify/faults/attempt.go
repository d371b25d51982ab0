package faults

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
)

// attempt is one request to the table. It can be sent more than once, and after its sender has given up.
type attempt struct {
	request   *http.Request
	body      []byte
	operation string
	// key is the key of an UpdateItem, and token the write token in it. Other operations have neither.
	key, token string
}

// meetFates are the operations to which faults happen: the changes of tasks, and reads and writes of clients and their
// tokens.
var meetFates = []string{"UpdateItem", "BatchGetItem", "BatchWriteItem"}

func readAttempt(r *http.Request) (*attempt, error) {
	body, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		return nil, err
	}
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	a := &attempt{request: r, body: body, operation: operation}
	if operation != "UpdateItem" {
		return a, nil
	}
	var update struct {
		Key                       map[string]any
		ExpressionAttributeValues map[string]struct{ S string }
	}
	if err := json.Unmarshal(body, &update); err != nil {
		return nil, fmt.Errorf("read an UpdateItem: %w", err)
	}
	key, err := json.Marshal(update.Key)
	a.key, a.token = string(key), update.ExpressionAttributeValues[":token"].S
	return a, err
}

func (a *attempt) meetsFate() bool { return slices.Contains(meetFates, a.operation) }

// send sends the attempt, even if its sender does not wait any more.
func (a *attempt) send(table http.RoundTripper) (*answer, error) {
	ctx := context.WithoutCancel(a.request.Context())
	r, err := http.NewRequestWithContext(ctx, a.request.Method, a.request.URL.String(), bytes.NewReader(a.body))
	if err != nil {
		return nil, err
	}
	r.Header, r.Host = a.request.Header.Clone(), a.request.Host
	response, err := table.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return nil, err
	}
	return &answer{status: response.StatusCode, header: response.Header, body: bytes.NewReader(body)}, nil
}

// answer is an answer of the table, or a made-up one in its place.
type answer struct {
	status int
	header http.Header
	body   io.Reader
}

// refusal is DynamoDB's answer to a refused request.
func refusal(status int, exception string) *answer {
	return &answer{
		status: status,
		header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}},
		body:   strings.NewReader(`{"__type":"com.amazonaws.dynamodb.v20120810#` + exception + `","message":"a fault of the network"}`),
	}
}

// to returns the answer as a response to the request.
func (a *answer) to(r *http.Request) *http.Response {
	return &http.Response{
		Status: http.StatusText(a.status), StatusCode: a.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: a.header, Body: io.NopCloser(a.body), ContentLength: -1, Request: r,
	}
}
