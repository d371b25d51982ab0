//go:build samlocal

package main

import (
	"encoding/json"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/table"
)

// dockerHost is the name under which a container finds the machine that it runs on.
const dockerHost = "host.docker.internal"

// stage has what the functions in containers use: a table with the demo data and an event bus, at one address of this
// machine.
type stage struct {
	// environment is the file of variables that gives the functions the address.
	environment string
	client      *dynamodb.Client

	mu      sync.Mutex
	handler http.Handler
	details []string // of the events that the bus has taken
}

func newStage(t *testing.T) *stage {
	t.Helper()
	listener, err := net.Listen("tcp", net.JoinHostPort(setting(t, "SAM_LOCAL_HOST"), "0"))
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{}
	server := &httptest.Server{Listener: listener, Config: &http.Server{Handler: s}}
	server.Start()
	t.Cleanup(server.Close)
	if s.client, err = dynamo.NewClient(environment(server.URL)); err != nil {
		t.Fatal(err)
	}
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	s.environment = writeVariables(t, "http://"+net.JoinHostPort(dockerHost, port))
	s.renew(t)
	return s
}

// writeVariables makes the file with the functions' variables.
func writeVariables(t *testing.T, endpoint string) (file string) {
	t.Helper()
	access := map[string]string{
		"TABLE_NAME": testTable, "AWS_ENDPOINT_URL_DYNAMODB": endpoint,
		"EVENT_BUS": testBus, "AWS_ENDPOINT_URL_EVENTBRIDGE": endpoint,
	}
	variables, err := json.Marshal(map[string]any{"AccountTasksFunction": access, "TokenFunction": access, "RunnerFunction": access})
	if err != nil {
		t.Fatal(err)
	}
	file = filepath.Join(t.TempDir(), "environment.json")
	writeFile(t, file, variables)
	return file
}

// renew puts a new table with the demo data in the place of the old one.
func (s *stage) renew(t *testing.T) {
	t.Helper()
	s.mu.Lock()
	s.handler = besideBus(table.NewEngine(), s.took)
	s.mu.Unlock()
	dynamotest.CreateTable(t, s.client, testTable)
	if err := demo.Seed(t.Context(), s.client, testTable); err != nil {
		t.Fatal(err)
	}
}

func (s *stage) took(_, _ string, detail []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.details = append(s.details, string(detail))
}

// sent returns the details of the events that the bus has taken.
func (s *stage) sent() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.details
}

func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	handler := s.handler
	s.mu.Unlock()
	handler.ServeHTTP(w, r)
}
