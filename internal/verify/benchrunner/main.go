// Command benchrunner measures ticks of the runner's function on the embedded table: the time of a tick with a number
// of due tasks, and the engine's share of it. The engine serves one request at a time and reads an index by scanning
// the table, so its time grows with the table; DynamoDB's does not.
//
//	benchrunner 10 1000 10000
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

func main() {
	fmt.Println("tasks due    tick time   claims/s    engine's share      requests")
	for _, argument := range os.Args[1:] {
		due, err := strconv.Atoi(argument)
		if err == nil {
			err = measure(due)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "benchrunner:", err)
			os.Exit(1)
		}
	}
}

// timed is the embedded engine without a network connection; it measures the engine's time. An attempt has no time
// limit. Like the engine, it serves one request at a time. It implements http.RoundTripper.
type timed struct {
	engine http.Handler

	mu       sync.Mutex
	spent    time.Duration
	requests int
}

// RoundTrip implements http.RoundTripper.
func (e *timed) RoundTrip(r *http.Request) (*http.Response, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	begun := time.Now()
	answer := httptest.NewRecorder()
	e.engine.ServeHTTP(answer, r)
	e.spent += time.Since(begun)
	e.requests++
	return answer.Result(), nil
}

// taken is a bus that accepts every event immediately. It implements run.Bus.
type taken struct{}

func (taken) Due(context.Context, run.Event) error { return nil }

// Notify implements run.Bus.
func (taken) Notify(context.Context, run.Stored) error { return nil }

// measure measures the tick of a table in which this many tasks are due.
func measure(due int) error {
	engine := &timed{engine: table.NewEngine()}
	client, err := table.LocalAccess("http://table.example").Client()
	if err != nil {
		return err
	}
	client = dynamodb.New(client.Options(), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Transport: engine} })
	if err := table.CreateIfAbsent(context.Background(), client, "tasks"); err != nil {
		return err
	}
	tasks := dynamo.NewTable(client, "tasks")
	noon := time.Now().UTC().Truncate(time.Hour)
	if _, err := tasks.Runs().ReplaceWindow(context.Background(), run.Window{}, run.Window{From: noon.Add(-time.Hour)}); err != nil {
		return err
	}
	if err := register(tasks, due, noon); err != nil {
		return err
	}
	function := app.NewRunnerOn(tasks.Runs(), taken{}, run.DefaultTimeout, app.Environment{
		Getenv: os.Getenv, Now: func() time.Time { return noon.Add(time.Second) }, Log: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})), Metrics: io.Discard,
	})
	event, _ := json.Marshal(map[string]time.Time{"scheduledTime": noon})
	engine.spent, engine.requests = 0, 0
	begun := time.Now()
	if _, err := function.Invoke(context.Background(), event); err != nil {
		return err
	}
	took := time.Since(begun)
	fmt.Printf("%9d  %8.2f s  %10.0f  %14.0f %%  %12d\n", due, took.Seconds(), float64(due)/took.Seconds(), 100*engine.spent.Seconds()/took.Seconds(), engine.requests)
	return nil
}

// register registers hourly tasks that are due at noon and were edited just before it.
func register(tasks *dynamo.Table, due int, noon time.Time) error {
	for range due {
		created := noon.Add(-30 * time.Second)
		_, err := tasks.Register(context.Background(), task.Registration{AccountID: "account", Fingerprint: "f", Task: task.Task{
			ID: uuid.New(), Enabled: true, DateCreated: created, DateModified: created, Name: "Send scheduled report",
			Definition: task.Definition{TaskID: uuid.New(), Frequency: task.FrequencyHourly, StartDate: noon, Parameters: `{"report":"usage"}`, ContentType: task.ContentTypeJSON},
			Revision:   task.Revision{Version: 1, Token: uuid.NewString()},
		}})
		if err != nil {
			return err
		}
	}
	return nil
}
