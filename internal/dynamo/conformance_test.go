package dynamo_test

import (
	"cmp"
	"net/http/httptest"
	"os"
	"testing"

	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/table"
)

// TestConformance checks the embedded engine, or the one that DYNAMODB_ENDPOINT names.
func TestConformance(t *testing.T) {
	endpoint := os.Getenv("DYNAMODB_ENDPOINT")
	if endpoint == "" {
		embedded := httptest.NewServer(table.NewEngine())
		t.Cleanup(embedded.Close)
		endpoint = embedded.URL
	}
	t.Logf("engine: %s", cmp.Or(os.Getenv("DYNAMODB_ENDPOINT"), "embedded"))
	dynamotest.Run(t, dynamotest.Patient(dynamotest.NewClient(t, endpoint)))
}
