package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/dynamo/dynamotest"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/eventbus"
	"accounttasks/internal/local/table"
	"accounttasks/internal/task"
)

// function is the function's handler as main wires it, on an embedded table.
type function struct {
	handler lambda.Handler
	client  *dynamodb.Client
	log     *bytes.Buffer
}

const (
	testTable    = "tasks"
	demoAccount  = "11111111-1111-4111-8111-111111111111"
	demoTask     = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	reportTaskID = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
)

// startFunction starts the function on a new table, with the report task in the catalogue and the
// given tasks on the demo account.
func startFunction(t testing.TB, tasks ...string) *function {
	t.Helper()
	return startOn(t, func(f *function) { f.putTasks(t, tasks...) })
}

// putTasks puts the report task into the catalogue, and tasks on the demo account.
func (f *function) putTasks(t testing.TB, tasks ...string) {
	t.Helper()
	f.put(t, dynamo.CatalogueItem(uuid.MustParse(reportTaskID), "Send scheduled report"))
	for _, id := range tasks {
		f.put(t, dynamo.TaskItem(demoAccount, storedTask(uuid.MustParse(id))))
	}
}

// startOnDemoData starts the function on a new table, with the data of the local stack.
func startOnDemoData(t testing.TB) *function {
	t.Helper()
	return startOn(t, func(f *function) {
		if err := demo.Seed(t.Context(), f.client, testTable); err != nil {
			t.Fatal(err)
		}
	})
}

// startOn starts the function on a new table that fill has filled.
func startOn(t testing.TB, fill func(f *function)) *function {
	t.Helper()
	return startOnTable(t, table.NewEngine(), fill)
}

// startOnTable is startOn with this table, or with a proxy of one.
func startOnTable(t testing.TB, table http.Handler, fill func(f *function)) *function {
	t.Helper()
	front := httptest.NewServer(besideBus(table, nil))
	t.Cleanup(front.Close)
	env := environment(front.URL)
	client, err := dynamo.NewClient(env)
	if err != nil {
		t.Fatal(err)
	}
	f := &function{client: client, log: &bytes.Buffer{}}
	dynamotest.CreateTable(t, client, testTable)
	if err := demo.SeedClients(t.Context(), client, testTable); err != nil {
		t.Fatal(err)
	}
	fill(f)
	if f.handler, err = newFunction(inEnvironment(env, f.log)); err != nil {
		t.Fatal(err)
	}
	return f
}

// testBus is the bus of every function, without rules.
const testBus = "tasks"

// besideBus puts an event bus at the address of a table. taken, if not nil, is told of each event.
func besideBus(table http.Handler, taken func(source, detailType string, detail []byte)) http.Handler {
	bus := eventbus.New(eventbus.Config{Buses: []string{testBus}, Send: func(string, []byte) {}, Taken: taken})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Header.Get("X-Amz-Target"), "AWSEvents.") {
			bus.ServeHTTP(w, r)
			return
		}
		table.ServeHTTP(w, r)
	})
}

// inEnvironment is where a function runs that has these variables.
func inEnvironment(getenv func(string) string, log io.Writer) app.Environment {
	return app.Environment{Getenv: getenv, Now: time.Now, NewID: uuid.New, Log: slog.New(slog.NewJSONHandler(log, nil)), Metrics: io.Discard}
}

// environment is what Lambda gives the function, with its table at the endpoint.
func environment(endpoint string) func(string) string {
	variables := map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
		"AWS_ENDPOINT_URL_DYNAMODB": endpoint, "TABLE_NAME": testTable,
		"AWS_ENDPOINT_URL_EVENTBRIDGE": endpoint, "EVENT_BUS": testBus,
		"SSL_CERT_FILE": "unused", "SSL_CERT_DIR": "unused", // there is no TLS here for which to read root certificates
	}
	return func(name string) string { return variables[name] }
}

// renewTasks gives tasks on the demo account the values of a newly started function, whatever requests have changed.
func (f *function) renewTasks(t testing.TB, tasks ...string) {
	t.Helper()
	for _, id := range tasks {
		item := dynamo.TaskItem(demoAccount, storedTask(uuid.MustParse(id)))
		if _, err := f.client.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String(testTable), Item: item}); err != nil {
			t.Fatal(err)
		}
	}
}

func (f *function) put(t testing.TB, item map[string]dynamotest.Attribute) {
	t.Helper()
	if _, err := dynamo.PutIfAbsent(t.Context(), f.client, testTable, item); err != nil {
		t.Fatal(err)
	}
}

// storedTask is a task as it is before an update: nothing in it is what the cases send.
func storedTask(id uuid.UUID) task.Task {
	return task.Task{
		ID:          id,
		Definition:  task.Definition{TaskID: uuid.MustParse(reportTaskID), Frequency: task.FrequencyYearly, Parameters: "[]", ContentType: task.ContentTypeJSON},
		Name:        "Send scheduled report",
		Enabled:     true,
		DateCreated: time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC),
		ClientID:    uuid.MustParse("b8a82cbc-8926-4224-9def-9a9e2ad12ba2"),
		Revision:    task.Revision{Version: 1, Token: "c3RvcmVkLXJldmlzaW9uLQ"},
	}
}

// reply is an answer of the function as API Gateway receives it.
type reply struct {
	StatusCode        int                 `json:"statusCode"`
	Headers           map[string]string   `json:"headers"`
	MultiValueHeaders map[string][]string `json:"multiValueHeaders"`
	Body              string              `json:"body"`
	IsBase64Encoded   bool                `json:"isBase64Encoded"`
}

// header is a header of the answer, whichever version the event had.
func (r reply) header(name string) string {
	if values := r.MultiValueHeaders[name]; len(values) > 0 {
		return values[0]
	}
	return r.Headers[name]
}

func (f *function) invoke(t testing.TB, event []byte) reply {
	t.Helper()
	var r reply
	if err := json.Unmarshal(f.answer(t, event), &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// answer is what the function answers to an event, byte for byte.
func (f *function) answer(t testing.TB, event []byte) []byte {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	answer, err := f.handler.Invoke(ctx, event)
	if err != nil {
		t.Fatalf("the function failed: %v", err)
	}
	return answer
}
