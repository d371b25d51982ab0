// Package dynamotest owns the conformance suite: the promises of the task table as tests. Every engine that is to
// replace DynamoDB, and DynamoDB itself, must keep all of them.
package dynamotest

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// Attribute is the value of an attribute.
type Attribute = types.AttributeValue

// NewClient makes a client for the endpoint. It uses the credentials of the environment. If there are none, it uses
// made-up credentials, which only a local engine accepts.
func NewClient(t testing.TB, endpoint string) *dynamodb.Client {
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

// Patient returns the client without a limit on the time of an attempt. With the race detector on a busy machine, the
// embedded engine needs more time for a megabyte than the service allows.
func Patient(client *dynamodb.Client) *dynamodb.Client {
	return dynamodb.New(client.Options(), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{} })
}

// CreateTable creates a table with the keys of the task table. It does not wait until the table is active.
func CreateTable(t testing.TB, client *dynamodb.Client, name string) {
	t.Helper()
	if _, err := client.CreateTable(t.Context(), dynamo.Schema(name)); err != nil {
		t.Fatalf("create table %s: %v", name, err)
	}
}

// StartRuns lets what is due run, from a time on.
func StartRuns(t testing.TB, client *dynamodb.Client, name string, from time.Time) {
	t.Helper()
	if _, err := dynamo.PutIfAbsent(t.Context(), client, name, dynamo.WindowItem(run.Window{From: from})); err != nil {
		t.Fatalf("start runs on table %s: %v", name, err)
	}
}

// engine is one table on the engine under test, with an account that no other check uses.
type engine struct {
	client  *dynamodb.Client
	name    string
	account string
	table   *dynamo.Table
}

// onAccount returns the engine with a new account.
func (e engine) onAccount() engine {
	e.account = uuid.NewString()
	return e
}

// newEngine creates a table and deletes it at the end of the test.
func newEngine(t *testing.T, client *dynamodb.Client) engine {
	name := "conformance-" + uuid.NewString()
	CreateTable(t, client, name)
	waitUntilActive(t, client, name)
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		if _, err := client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &name}); err != nil {
			t.Logf("the table %s could not be deleted: %v", name, err)
		}
	})
	return engine{client: client, name: name, table: dynamo.NewTable(client, name).LogTo(slog.New(slog.DiscardHandler))}
}

// waitUntilActive waits until the table can be used. Some engines give no status, because their tables can be used
// immediately.
func waitUntilActive(t *testing.T, client *dynamodb.Client, name string) {
	for range 60 {
		out, err := client.DescribeTable(t.Context(), &dynamodb.DescribeTableInput{TableName: &name})
		if err != nil {
			t.Fatalf("describe table %s: %v", name, err)
		}
		if status := out.Table.TableStatus; status == types.TableStatusActive || status == "" {
			return
		}
		select {
		case <-time.After(time.Second):
		case <-t.Context().Done():
		}
	}
	t.Fatalf("the table %s did not become active within a minute", name)
}

// stored is a task with a value in every field that an update must replace or keep.
func stored() task.Task {
	return task.Task{
		ID: uuid.New(),
		Definition: task.Definition{
			TaskID: uuid.New(), Frequency: task.FrequencyYearly, Parameters: "[]", ContentType: task.ContentTypeJSON,
			StartDate: day(1), FinishDate: day(20), Notification: task.NotificationAlways,
		},
		Name: "Stored", Enabled: true, DateCreated: day(2), DateModified: day(3),
		LastRunOn: day(4), LastRunBy: "runner", LastModifiedBy: "before", ClientID: uuid.New(),
		Revision: task.Revision{Version: 1, Token: "c3RvcmVkLXRva2VuLWlzLg"},
	}
}

func day(n int) time.Time { return time.Date(2026, time.June, n, 3, 45, 3, 254_529_700, time.UTC) }

// put stores a task on the engine's account and returns it.
func (e engine) put(t *testing.T, stored task.Task) task.Task {
	t.Helper()
	e.putItem(t, dynamo.TaskItem(e.account, stored))
	return stored
}

func (e engine) putItem(t *testing.T, item map[string]Attribute) {
	t.Helper()
	if _, err := e.client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: &e.name, Item: item}); err != nil {
		t.Fatal(err)
	}
}

// item reads the item that has the key of written.
func (e engine) item(t *testing.T, written map[string]Attribute) map[string]Attribute {
	t.Helper()
	out, err := e.client.GetItem(t.Context(), &dynamodb.GetItemInput{
		TableName:      &e.name,
		ConsistentRead: aws.Bool(true),
		Key: map[string]Attribute{
			dynamo.PartitionKey: written[dynamo.PartitionKey],
			dynamo.SortKey:      written[dynamo.SortKey],
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.Item
}

// write returns an update of a task with a new token and fingerprint.
func (e engine) write(id uuid.UUID) task.ConditionalUpdate {
	return task.ConditionalUpdate{
		AccountID: e.account, ID: id,
		Definition: task.Definition{
			TaskID: uuid.New(), Frequency: task.FrequencyDaily, Parameters: `{"a":1}`, ContentType: task.ContentTypeJSON,
		},
		Name: "Updated", ModifiedBy: "after", ModifiedAt: day(10),
		Token: uuid.NewString(), Fingerprint: uuid.NewString(),
	}
}

// keyed is an update with an idempotency key, which its caller can repeat.
func (e engine) keyed(id uuid.UUID) task.ConditionalUpdate {
	w := e.write(id)
	w.Keyed = true
	return w
}

// apply carries out an update that must succeed.
func (e engine) apply(t *testing.T, w task.ConditionalUpdate) task.Result {
	t.Helper()
	result, err := e.table.Update(t.Context(), w)
	if err != nil {
		t.Fatalf("an update was refused: %v", err)
	}
	return result
}

// refuse carries out an update that must be refused with the code.
func (e engine) refuse(t *testing.T, w task.ConditionalUpdate, want task.Code) *task.Error {
	t.Helper()
	result, err := e.table.Update(t.Context(), w)
	if err == nil {
		t.Fatalf("got version %d, want a refusal with %s", result.Task.Revision.Version, want)
	}
	refusal := task.AsError(err)
	if refusal.Code != want {
		t.Fatalf("got %v, want a refusal with %s", refusal, want)
	}
	return refusal
}
