package linearizability_test

import (
	"cmp"
	"context"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"testing"
	"time"

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

// system is a table of its own, the network in front of it, and the tasks on it.
type system struct {
	client  *dynamodb.Client
	table   string
	account string
	tasks   []*subject
	byID    map[uuid.UUID]*subject
	network *faults.Network
}

// subject is a task that the clients work on, with its history.
type subject struct {
	id uuid.UUID
	// client and key are those under which it is registered; a task that is there from the start has neither, and
	// one that is registered without a key has no key.
	client, key string
	history     *linearizability.History
}

// attemptLimit is how long an instance waits for one attempt, as in production.
const attemptLimit = 1500 * time.Millisecond

// catalogueEntry is what every task runs.
var catalogueEntry = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")

// stored is each task that is there from the start.
var stored = linearizability.View{Version: 1, Writer: "stored", Enabled: true, ETag: "1-c3RvcmVkLXRva2VuLWlzLg"}

// remoteEngine is the endpoint of an engine to use in place of the embedded one, in real time.
func remoteEngine() string { return os.Getenv("DYNAMODB_ENDPOINT") }

// transport leads to the engine.
func transport(t *testing.T) http.RoundTripper {
	if remoteEngine() == "" {
		return inProcess{table.NewEngine()}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

// inProcess is an engine that is asked without a connection, so that time can be simulated.
type inProcess struct{ engine http.Handler }

// startSystem creates the table on the embedded engine, or on the one that DYNAMODB_ENDPOINT names. What the
// instances' requests say at the table can be altered on the way.
func startSystem(t *testing.T, alter alteration) *system {
	t.Helper()
	way := transport(t)
	client := dynamotest.NewClient(t, cmp.Or(remoteEngine(), "http://table.example"))
	s := &system{
		client: dynamodb.New(client.Options(), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Transport: way} }),
		table:  "linearizability-" + uuid.NewString(), account: uuid.NewString(), byID: map[uuid.UUID]*subject{},
		network: faults.NewNetwork(altered{newLagging(way), alter}),
	}
	if err := table.CreateIfAbsent(t.Context(), s.client, s.table); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		if _, err := s.client.DeleteTable(ctx, &dynamodb.DeleteTableInput{TableName: &s.table}); err != nil {
			t.Logf("the table %s could not be deleted: %v", s.table, err)
		}
	})
	s.put(t, dynamo.CatalogueItem(catalogueEntry, "Send scheduled report"))
	return s
}

// The tasks that are there from the start are the first ones; the first of all is the hot one. After them comes one that
// never is.
const absent = 2

// addTasks adds the tasks that so many callers work on.
func (s *system) addTasks(t *testing.T, callers int) {
	t.Helper()
	for range absent {
		s.add(t, "", "", uuid.New())
	}
	s.add(t, "nobody", "", uuid.New())
	for number := range clientCount {
		for _, key := range []string{"first", "second"} {
			s.add(t, clientName(number), key, registeredID(t, s.account, clientName(number), key))
		}
	}
	for number := range callers {
		s.add(t, clientName(number), "", uuid.New())
	}
}

// clientCount is how many clients the callers belong to.
const clientCount = 3

func clientName(caller int) string { return "client-" + strconv.Itoa(caller%clientCount) }

// registeredID is the ID that a client's task gets when it is registered with a key.
func registeredID(t *testing.T, account, client, key string) uuid.UUID {
	t.Helper()
	probe := &instance{account: account}
	noted := &notedRegistration{}
	probe.service = task.NewService(noted, task.NewCatalogue(noted, time.Now, slog.New(slog.DiscardHandler)), time.Now, uuid.New)
	probe.carryOut(t, request{client: client, key: key, Change: linearizability.Change{Verb: linearizability.Registers, Writer: "probe"}})
	return noted.id
}

// notedRegistration is a store that notes a registration's ID.
type notedRegistration struct {
	task.Store
	id uuid.UUID
}

func (n *notedRegistration) Register(_ context.Context, r task.Registration) (task.Result, error) {
	n.id = r.Task.ID
	return task.Result{Task: r.Task}, nil
}

func (n *notedRegistration) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{catalogueEntry: "Send scheduled report"}}, nil
}

// add adds a task that can be registered by a client, and one without a client that is there already.
func (s *system) add(t *testing.T, client, key string, id uuid.UUID) {
	t.Helper()
	added := &subject{id: id, client: client, key: key, history: linearizability.NewHistory(linearizability.View{})}
	if client == "" {
		added.history = linearizability.NewHistory(stored)
		s.put(t, dynamo.TaskItem(s.account, storedTask(id)))
	}
	s.tasks = append(s.tasks, added)
	s.byID[id] = added
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
