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

// system is a new table, the network in front of it, and the tasks in it.
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
	// client and key are those of its registration. A task that exists from the start has neither. A task that is
	// registered without a key has no key.
	client, key string
	history     *linearizability.History
}

// attemptLimit is how long an instance waits for one attempt, as in production.
const attemptLimit = 1500 * time.Millisecond

// catalogueEntry is what every task runs.
var catalogueEntry = uuid.MustParse("7798c127-7f74-40c6-9bd4-caf4be84ca89")

// stored is the state of each task that exists from the start.
var stored = linearizability.View{Version: 1, Writer: "stored", Enabled: true, ETag: "1-c3RvcmVkLXRva2VuLWlzLg"}

// remoteEngine is the endpoint of an engine that replaces the embedded one. It needs real time.
func remoteEngine() string { return os.Getenv("DYNAMODB_ENDPOINT") }

// transport returns the transport to the engine.
func transport(t *testing.T) http.RoundTripper {
	if remoteEngine() == "" {
		return inProcess{table.NewEngine()}
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 16
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

// inProcess calls an engine without a network connection, so that time can be simulated.
type inProcess struct{ engine http.Handler }

// startSystem creates the table on the embedded engine, or on the one that DYNAMODB_ENDPOINT names. alter can change
// the instances' requests to the table.
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

// The tasks that exist from the start are the first ones; the very first is the hot one. The task after them never
// exists.
const absent = 2

// addTasks adds the tasks for this number of callers.
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

// clientCount is the number of clients to which the callers belong.
const clientCount = 3

func clientName(caller int) string { return "client-" + strconv.Itoa(caller%clientCount) }

// registeredID is the ID of a task that a client registers with this key.
func registeredID(t *testing.T, account, client, key string) uuid.UUID {
	t.Helper()
	probe := &instance{account: account}
	noted := &notedRegistration{}
	probe.service = task.NewService(noted, task.NewCatalogue(noted, time.Now, slog.New(slog.DiscardHandler)), time.Now, uuid.New)
	probe.carryOut(t, request{client: client, key: key, Change: linearizability.Change{Verb: linearizability.Registers, Writer: "probe"}})
	return noted.id
}

// notedRegistration is a store that records a registration's ID.
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

// add adds a task that the client can register. Without a client the task exists already.
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
