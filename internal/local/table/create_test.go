package table_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/local/table"
)

func embedded(t *testing.T) *table.Embedded {
	t.Helper()
	e, err := table.StartEmbedded("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	return e
}

func client(t *testing.T, endpoint string) *dynamodb.Client {
	t.Helper()
	c, err := table.LocalAccess(endpoint).Client()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestATableIsCreatedOnce(t *testing.T) {
	c := client(t, embedded(t).Endpoint())
	for range 2 {
		if err := table.CreateIfAbsent(t.Context(), c, "tasks"); err != nil {
			t.Fatal(err)
		}
	}
	name := "tasks"
	out, err := c.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, key := range out.Table.KeySchema {
		keys = append(keys, *key.AttributeName+" "+string(key.KeyType))
	}
	if got := strings.Join(keys, ", "); got != "pk HASH, sk RANGE" {
		t.Errorf("the table's key is %s", got)
	}
}

// scripted is an engine that answers each operation with the next of its lines.
func scripted(t *testing.T, script map[string][]string) *dynamodb.Client {
	t.Helper()
	engine := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
		if len(script[operation]) == 0 {
			t.Errorf("unexpected call of %s", operation)
			http.Error(w, `{"__type":"ValidationException"}`, http.StatusBadRequest)
			return
		}
		answer := script[operation][0]
		script[operation] = script[operation][1:]
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		if strings.HasSuffix(answer, "Exception") {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"__type": answer})
			return
		}
		_, _ = io.WriteString(w, `{"Table":{"TableStatus":"`+answer+`"}}`)
	}))
	t.Cleanup(engine.Close)
	return client(t, engine.URL)
}

func TestAnEngineThatTakesItsTimeIsWaitedFor(t *testing.T) {
	tests := []struct {
		name   string
		script map[string][]string
	}{
		{"the table is being created", map[string][]string{"DescribeTable": {"CREATING", "ACTIVE"}}},
		{"the table is not visible at once", map[string][]string{
			"DescribeTable": {"ResourceNotFoundException", "ResourceNotFoundException", "ACTIVE"}, "CreateTable": {"CREATING"}}},
		{"another one was faster", map[string][]string{
			"DescribeTable": {"ResourceNotFoundException", "ACTIVE"}, "CreateTable": {"ResourceInUseException"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if err := table.CreateIfAbsent(t.Context(), scripted(t, test.script), "tasks"); err != nil {
				t.Fatal(err)
			}
			for operation, left := range test.script {
				if len(left) > 0 {
					t.Errorf("%s was not called %d times more", operation, len(left))
				}
			}
		})
	}
}

func TestAnEngineThatRefusesIsAnError(t *testing.T) {
	err := table.CreateIfAbsent(t.Context(), scripted(t, map[string][]string{"DescribeTable": {"AccessDeniedException"}}), "tasks")
	if err == nil || !strings.Contains(err.Error(), "AccessDeniedException") || !strings.Contains(err.Error(), "tasks") {
		t.Errorf("got %v", err)
	}
}
