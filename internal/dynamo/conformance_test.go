package dynamo_test

import (
	"cmp"
	"net/http/httptest"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/truora/minidyn/server"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/conformance"
)

// TestConformance checks the embedded engine, or the one that DYNAMODB_ENDPOINT names.
func TestConformance(t *testing.T) {
	endpoint := os.Getenv("DYNAMODB_ENDPOINT")
	if endpoint == "" {
		embedded := httptest.NewServer(server.NewServer())
		t.Cleanup(embedded.Close)
		endpoint = embedded.URL
	}
	t.Logf("engine: %s", cmp.Or(os.Getenv("DYNAMODB_ENDPOINT"), "embedded"))
	conformance.Run(t, newClient(t, endpoint))
}

// newClient makes a client for the endpoint, with the credentials of the environment or, where it has none,
// with ones that only a local engine takes.
func newClient(t testing.TB, endpoint string) *dynamodb.Client {
	t.Helper()
	client, err := dynamo.NewClient(func(name string) string {
		if name == "AWS_ENDPOINT_URL_DYNAMODB" {
			return endpoint
		}
		return cmp.Or(os.Getenv(name), map[string]string{
			"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
		}[name])
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}
