package dynamo_test

import (
	"encoding/pem"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/task"
)

func TestFastTableKeepsOneConnection(t *testing.T) {
	var connections atomic.Int64
	server := httptest.NewUnstartedServer(&engine{answers: []http.HandlerFunc{absent}})
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	table := dynamo.NewTable(dynamotest.NewClient(t, server.URL), "tasks")
	for range 500 {
		if _, err := table.Update(t.Context(), aWrite()); task.AsError(err).Code != task.CodeTaskNotFound {
			t.Fatal(err)
		}
	}
	if got := connections.Load(); got != 1 {
		t.Errorf("got %d connections for 500 updates in a row, want 1", got)
	}
}

func TestRootsOfTheNamedBundleAreTrusted(t *testing.T) {
	server := httptest.NewTLSServer(&engine{answers: []http.HandlerFunc{absent}})
	t.Cleanup(server.Close)
	trusted := filepath.Join(t.TempDir(), "roots.pem")
	root := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	if err := os.WriteFile(trusted, root, 0o600); err != nil {
		t.Fatal(err)
	}
	for bundle, want := range map[string]task.Code{trusted: task.CodeTaskNotFound, "": task.CodeUnavailable} {
		client, err := dynamo.NewClient(func(name string) string {
			return map[string]string{"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
				"AWS_ENDPOINT_URL_DYNAMODB": server.URL, "SSL_CERT_FILE": bundle}[name]
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = dynamo.NewTable(client, "tasks").Update(t.Context(), aWrite())
		if got := task.AsError(err).Code; got != want {
			t.Errorf("with SSL_CERT_FILE %q: got %v, want %s", bundle, err, want)
		}
	}
}
