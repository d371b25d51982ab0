package linearizability_test

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/table"
	"accounttasks/internal/task"
	"accounttasks/internal/verify/faults"
	"accounttasks/internal/verify/linearizability"
)

// system is a table of its own, the network in front of it, and how the table is read directly.
type system struct {
	client  *dynamodb.Client
	table   string
	account string
	tasks   []uuid.UUID // the last one is not there
	network *faults.Network
}

// attemptLimit is how long a function waits for one attempt, as in production.
const attemptLimit = 1500 * time.Millisecond

// catalogueEntry is what every task runs.
var catalogueEntry = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")

// stored is each task before its first update.
var stored = linearizability.View{Version: 1, Writer: "stored", Enabled: true, ETag: `"1-c3RvcmVkLXRva2VuLWlzLg"`}

// inProcess is an engine that is asked without a connection, so that time can be simulated.
type inProcess struct{ engine http.Handler }

// RoundTrip implements http.RoundTripper.
func (e inProcess) RoundTrip(r *http.Request) (*http.Response, error) {
	recorder := httptest.NewRecorder()
	e.engine.ServeHTTP(recorder, r)
	return recorder.Result(), nil
}

// remoteEngine is the endpoint of an engine to use in place of the embedded one, in real time.
func remoteEngine() string { return os.Getenv("DYNAMODB_ENDPOINT") }

// transport leads to the engine.
func transport(t *testing.T) http.RoundTripper {
	if remoteEngine() == "" {
		return inProcess{table.NewEngine()}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = clients
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

// startSystem creates the table on the embedded engine, or on the one that DYNAMODB_ENDPOINT names. What the
// functions' requests say at the table can be altered on the way.
func startSystem(t *testing.T, tasks int, alter alteration) *system {
	t.Helper()
	way := transport(t)
	client := dynamotest.NewClient(t, cmp.Or(remoteEngine(), "http://table.example"))
	s := &system{
		client: dynamodb.New(client.Options(), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Transport: way} }),
		table:  "linearizability-" + uuid.NewString(), account: uuid.NewString(),
		network: faults.NewNetwork(altered{way, alter}),
	}
	if err := table.CreateIfAbsent(t.Context(), s.client, s.table); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		if _, err := s.client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &s.table}); err != nil {
			t.Logf("the table %s is left behind: %v", s.table, err)
		}
	})
	s.put(t, dynamo.CatalogueItem(catalogueEntry, "Send scheduled report"))
	for range tasks {
		id := uuid.New()
		s.tasks = append(s.tasks, id)
		s.put(t, dynamo.TaskItem(s.account, storedTask(id)))
	}
	s.tasks = append(s.tasks, uuid.New())
	return s
}

func storedTask(id uuid.UUID) task.Task {
	return task.Task{
		ID:         id,
		Definition: task.Definition{TaskID: catalogueEntry, Parameters: strconv.Quote(stored.Writer), ContentType: task.ContentTypeJSON},
		Name:       "Send scheduled report",
		Enabled:    stored.Enabled,
		Revision:   task.Revision{Version: stored.Version, Token: "c3RvcmVkLXRva2VuLWlzLg"},
	}
}

func (s *system) put(t *testing.T, item map[string]types.AttributeValue) {
	t.Helper()
	if created, err := dynamo.PutIfAbsent(t.Context(), s.client, s.table, item); err != nil || !created {
		t.Fatalf("got created %t and %v for an item of a new table", created, err)
	}
}

// read is a consistent read of a task, made directly at the table.
func (s *system) read(t *testing.T, id uuid.UUID) linearizability.View {
	t.Helper()
	key := dynamo.TaskItem(s.account, task.Task{ID: id})
	out, err := s.client.GetItem(t.Context(), &dynamodb.GetItemInput{
		TableName: &s.table, ConsistentRead: aws.Bool(true), Key: map[string]types.AttributeValue{
			dynamo.PartitionKey: key[dynamo.PartitionKey], dynamo.SortKey: key[dynamo.SortKey],
		},
	})
	if err != nil {
		t.Errorf("a read failed: %v", err)
		return linearizability.View{}
	}
	return viewOfItem(t, out.Item)
}

// viewOfItem reads the attributes of a task that the model knows.
func viewOfItem(t *testing.T, item map[string]types.AttributeValue) linearizability.View {
	t.Helper()
	if len(item) == 0 {
		return linearizability.View{}
	}
	definition, hasDefinition := item["Definition"].(*types.AttributeValueMemberM)
	enabled, hasEnabled := item["Enabled"].(*types.AttributeValueMemberBOOL)
	version, hasVersion := item["Version"].(*types.AttributeValueMemberN)
	token, hasToken := item["W0"].(*types.AttributeValueMemberS)
	if !hasDefinition || !hasEnabled || !hasVersion || !hasToken {
		t.Errorf("an attribute is missing in %v", item)
		return linearizability.View{}
	}
	parameters, _ := definition.Value["Parameters"].(*types.AttributeValueMemberS)
	return view(t, fmt.Sprintf(`"%s-%s"`, version.Value, token.Value), parameters.Value, enabled.Value)
}

// view is a task as its ETag, its parameters and its flag show it.
func view(t *testing.T, etag, parameters string, enabled bool) linearizability.View {
	t.Helper()
	v := linearizability.View{Enabled: enabled, ETag: etag}
	if _, err := fmt.Sscanf(etag, `"%d-`, &v.Version); err != nil {
		t.Errorf("the ETag %s has no version: %v", etag, err)
	}
	var err error
	if v.Writer, err = strconv.Unquote(parameters); err != nil {
		t.Errorf("the parameters %s name no writer: %v", parameters, err)
	}
	return v
}
