package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
)

// gate is a proxy in front of the table. If a fault is set, the fault answers in place of the table.
type gate struct {
	table http.Handler
	fault atomic.Pointer[http.HandlerFunc]
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if fault := g.fault.Load(); fault != nil {
		(*fault)(w, r)
		return
	}
	g.table.ServeHTTP(w, r)
}

// startBehind starts the function while the fault is set. The table has everything that the function needs.
func startBehind(t *testing.T, fault http.HandlerFunc) (*function, *gate) {
	t.Helper()
	g := &gate{table: table.NewEngine()}
	f := startOnTable(t, g, func(f *function) {
		f.putTasks(t, demoTask)
		g.fault.Store(&fault)
	})
	return f, g
}

// stall does not answer until the caller has disconnected. The server notices this only after the body is read.
func stall(_ http.ResponseWriter, r *http.Request) {
	io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

func TestFunctionStartsWithoutItsTableAndRecovers(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault http.HandlerFunc
		want  int
	}{
		{"the table fails", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }, 503},
		{"the table is throttled", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			fmt.Fprint(w, `{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException"}`)
		}, 503},
		{"the table stalls", stall, 503},
		{"the table denies", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(400)
			fmt.Fprint(w, `{"__type":"com.amazon.coral.service#AccessDeniedException"}`)
		}, 500},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f, g := startBehind(t, test.fault)
			if got := strings.Count(f.log.String(), `"level":"WARN"`); got != 1 {
				t.Errorf("got %d warnings at start, want 1: %s", got, f.log)
			}
			event, err := os.ReadFile("../../events/http/v2-json.json")
			if err != nil {
				t.Fatal(err)
			}
			if got := f.invoke(t, event); got.StatusCode != test.want {
				t.Errorf("got %d while the fault lasts, want %d: %s", got.StatusCode, test.want, got.Body)
			}
			g.fault.Store(nil)
			if got := f.invoke(t, event); got.StatusCode != 200 {
				t.Errorf("got %d after the fault, want 200: %s", got.StatusCode, got.Body)
			}
		})
	}
}

func TestEmptyCatalogueKnowsNoTask(t *testing.T) {
	f := startOn(t, func(f *function) { f.put(t, dynamo.TaskItem(demoAccount, storedTask(uuid.MustParse(demoTask)))) })
	event, err := os.ReadFile("../../events/http/v2-json.json")
	if err != nil {
		t.Fatal(err)
	}
	got := f.invoke(t, event)
	if got.StatusCode != 400 || !strings.Contains(got.Body, "UnknownTask") {
		t.Errorf("got %d %s, want the refusal UnknownTask", got.StatusCode, got.Body)
	}
}

func TestHugeCatalogueIsKnownWhole(t *testing.T) {
	f := startOn(t, func(f *function) {
		f.put(t, dynamo.TaskItem(demoAccount, storedTask(uuid.MustParse(demoTask))))
		for range 500 {
			f.put(t, dynamo.CatalogueItem(uuid.New(), strings.Repeat("name ", 20)))
		}
		f.put(t, dynamo.CatalogueItem(uuid.MustParse(reportTaskID), "Send scheduled report"))
	})
	event, err := os.ReadFile("../../events/http/v2-json.json")
	if err != nil {
		t.Fatal(err)
	}
	if got := f.invoke(t, event); got.StatusCode != 200 {
		t.Errorf("got %d %s, want 200", got.StatusCode, got.Body)
	}
}

func TestFunctionDoesNotStartWithoutItsEnvironment(t *testing.T) {
	complete := environment("http://127.0.0.1:1")
	for _, missing := range []string{"TABLE_NAME", "EVENT_BUS", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} {
		_, err := newFunction(inEnvironment(func(name string) string {
			if name == missing {
				return ""
			}
			return complete(name)
		}, io.Discard))
		if err == nil || !strings.Contains(err.Error(), missing) {
			t.Errorf("without %s: got %v, want an error that names it", missing, err)
		}
	}
}
