//go:build samlocal

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/local/table"
)

// TestSAMLocalInvokeWorker sends the example worker a run, twice, in a container with the variables of its own file, in
// which only the address is another.
func TestSAMLocalInvokeWorker(t *testing.T) {
	s := newStage(t)
	if err := table.CreateWorkerRunsIfAbsent(t.Context(), s.client, table.WorkerRuns("account-tasks")); err != nil {
		t.Fatal(err)
	}
	folder := "build"
	if config := setting(t, "SAM_LOCAL_CONFIG"); config != "default" {
		folder = config
	}
	configuration, err := filepath.Abs("../../examples/worker/samconfig.toml")
	if err != nil {
		t.Fatal(err)
	}
	arguments := []string{"--config-file", configuration, "--template-file", filepath.Join("examples/worker/.aws-sam", folder, "template.yaml"),
		"--event", "examples/worker/events/due.json", "--env-vars", s.workerVariables(t)}
	for range 2 {
		var got events.SQSEventResponse
		if answer := samLocalInvoke(t, arguments...); json.Unmarshal(answer, &got) != nil || got.BatchItemFailures == nil || len(got.BatchItemFailures) > 0 {
			t.Errorf("the worker answered %s, want an empty list of failures", answer)
		}
	}
	sent := s.sent()
	if len(sent) != 2 || sent[0] != sent[1] || !strings.Contains(sent[0], `"outcome":"SUCCESS"`) {
		t.Errorf("got the reports %s, want the same one twice", sent)
	}
}

// workerVariables makes a file like the worker's own for the stage's address.
func (s *stage) workerVariables(t *testing.T) string {
	t.Helper()
	written, err := os.ReadFile("../../examples/worker/env.json")
	if err != nil {
		t.Fatal(err)
	}
	stages, err := os.ReadFile(s.environment)
	if err != nil {
		t.Fatal(err)
	}
	var own, here map[string]map[string]string
	if err := json.Unmarshal(written, &own); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(stages, &here); err != nil {
		t.Fatal(err)
	}
	for name := range own["WorkerFunction"] {
		if strings.HasPrefix(name, "AWS_ENDPOINT_URL_") {
			own["WorkerFunction"][name] = here["RunnerFunction"][name]
		}
	}
	own["WorkerFunction"]["EVENT_BUS"] = testBus
	changed, err := json.Marshal(own)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "worker.json")
	writeFile(t, file, changed)
	return file
}
