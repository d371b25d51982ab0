package stack_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"

	"accounttasks/internal/local/stack"
)

// TestMain lets the test binary play the function, when the stack runs it.
func TestMain(m *testing.M) {
	if os.Getenv("AWS_LAMBDA_RUNTIME_API") == "" {
		os.Exit(m.Run())
	}
	if os.Getenv("RUNS_TABLE") != "" {
		lambda.Start(work)
	}
	if os.Getenv("ROLE") != "" {
		lambda.Start(play)
	}
	lambda.Start(fakeFunction)
}

// fakeFunction answers with what it knows; the path tells it otherwise.
func fakeFunction(_ context.Context, event events.APIGatewayV2HTTPRequest) (events.APIGatewayV2HTTPResponse, error) {
	switch event.RawPath {
	case "/crash":
		os.Exit(3)
	case "/hang":
		<-time.After(math.MaxInt64) // a running timer: without cgo, Go ends a process that waits for nothing
	case "/fail":
		return events.APIGatewayV2HTTPResponse{}, errors.New("no such thing")
	}
	known := map[string]string{"pid": strconv.Itoa(os.Getpid()), "body": event.Body}
	for _, name := range []string{"TABLE_NAME", "AWS_ENDPOINT_URL_DYNAMODB", "AWS_REGION", "AWS_ACCESS_KEY_ID", "EXTRA", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME"} {
		known[name] = os.Getenv(name)
	}
	body, err := json.Marshal(known)
	return events.APIGatewayV2HTTPResponse{StatusCode: 200, Body: string(body)}, err
}

const template = `
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Api: {Type: AWS::Serverless::HttpApi}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 192
      Timeout: 60
      Environment: {Variables: {TABLE_NAME: !Ref Table, AWS_ENDPOINT_URL_DYNAMODB: "", EXTRA: template}}
      Events:
        All: {Type: HttpApi, Properties: {ApiId: !Ref Api}}
        Crash: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /crash, Method: GET}}
        Hang: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /hang, Method: GET}}
        Fail: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /fail, Method: GET}}
`

// terminal collects what the stack prints.
type terminal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *terminal) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *terminal) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

func configuration(t *testing.T) stack.Config {
	t.Helper()
	path := filepath.Join(t.TempDir(), "template.yaml")
	if err := os.WriteFile(path, []byte(template), 0o600); err != nil {
		t.Fatal(err)
	}
	return stack.Config{Template: path, Functions: binaries(t, "Function")}
}

// binaries is a folder in which the test binary plays these functions.
func binaries(t *testing.T, functions ...string) string {
	t.Helper()
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for _, name := range functions {
		if err := errors.Join(os.Mkdir(filepath.Join(folder, name), 0o700), os.Symlink(binary, filepath.Join(folder, name, "bootstrap"))); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func start(t *testing.T, c stack.Config) *stack.Stack {
	t.Helper()
	s, err := stack.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// listen serves a handler and returns its address. It takes one request at a time.
func listen(t *testing.T, handler http.HandlerFunc) string {
	t.Helper()
	var mu sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// get returns the answer's status and its members, if it has any.
func get(t *testing.T, address string) (int, map[string]string) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	var members map[string]string
	if err := json.NewDecoder(answer.Body).Decode(&members); err != nil && err != io.EOF {
		t.Fatal(err)
	}
	return answer.StatusCode, members
}
