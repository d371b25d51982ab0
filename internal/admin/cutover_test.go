package main

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/app"
	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
	"accounttasks/internal/verify/cutover"
)

var (
	oldTasks   = flag.Int("tasks", defaultOldTasks, "how many tasks the old platform of the rehearsed cut-over has")
	oldClients = flag.Int("clients", 12, "how many clients it has")
	cutSeed    = flag.Uint64("seed", 1, "of the rehearsed cut-over")
)

// rehearsal is a cut-over in simulated time: the old platform, the new one, and the ledger of what should run.
type rehearsal struct {
	*deployed
	t        *testing.T
	now      time.Time
	old      *cutover.Platform
	ledger   *cutover.Ledger
	folder   string
	rand     *rand.Rand
	commands []string // those so far

	mu   sync.Mutex
	seen map[uuid.UUID]bool // runs whose event has come
}

func rehearse(t *testing.T) *rehearsal {
	r := &rehearsal{deployed: deploy(t), t: t, now: at("2026-11-21T08:00:00Z"), ledger: cutover.NewLedger(), folder: t.TempDir(),
		rand: rand.New(rand.NewPCG(*cutSeed, 1)), seen: map[uuid.UUID]bool{}}
	r.admin.now = func() time.Time { return r.now }
	// The engine serves one request at a time, and its time is not that of the rehearsal.
	r.table = dynamodb.New(r.table.Options(), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Timeout: time.Minute} })
	r.old = cutover.NewPlatform(*cutSeed, *oldClients, *oldTasks, r.now, r.ledger)
	if err := os.Mkdir(filepath.Join(r.folder, "old"), 0o700); err != nil {
		t.Fatal(err)
	}
	return r
}

func at(written string) time.Time { return date(written) }

// TestCutOver rehearses the guide: the commands are those of CUTOVER.md, in its order.
func TestCutOver(t *testing.T) {
	r := rehearse(t)
	some := max(5, *oldTasks/20)

	// Two weeks before.
	r.make("make status", "Runs are held: no start is set.")
	r.export()
	r.make("make check-import FROM=old", "Nothing was written.")
	r.make("make import FROM=old")
	r.make("make status", "Runs are held: no start is set.")

	// The old platform goes on: callers change tasks there, and what is due runs there.
	for range 5 {
		r.until(r.now.Add(59*time.Hour + 7*time.Minute))
		r.old.Change(r.now, some)
	}

	// The day before: the difference.
	r.until(at("2026-12-04T10:00:00Z"))
	r.export()
	r.make("make check-import FROM=old", "Nothing was written.")
	r.make("make import FROM=old GONE=delete")
	r.until(at("2026-12-05T20:30:00.003Z"))
	r.old.Change(r.now, some)

	// The switch. The old platform takes no more changes, and runs what is due before 22:00. The import is late.
	r.old.Stop(at("2026-12-05T22:00:00Z"))
	r.until(at("2026-12-05T22:04:00Z"))
	r.export()
	r.make("make check-import FROM=old", "Nothing was written.")
	r.make("make import FROM=old GONE=delete")
	r.until(at("2026-12-05T22:10:00Z"))
	r.make("make start-runs AT=2026-12-05T22:00:00Z", "Runs are started: what is due from 2026-12-05T22:00:00Z on runs.")
	r.until(at("2026-12-05T22:20:00Z"))
	r.make("make status", "Runs are started")

	// Callers use the new platform.
	r.until(at("2026-12-05T23:40:00.007Z"))
	r.change(some)

	// A mistake: the way back.
	r.until(at("2026-12-06T01:12:00Z"))
	r.make("make stop-runs AT=2026-12-06T01:15:00Z", "held from 2026-12-06T01:15:00Z on")
	r.until(at("2026-12-06T01:20:00Z"))
	r.make("make status", "Runs are held", "DUE       0 now; held ")
	r.make("make export-tasks FILE=exported.jsonl")
	if _, err := r.old.TakeBack(filepath.Join(r.folder, "exported.jsonl")); err != nil {
		t.Fatal(err)
	}
	r.old.Resume(at("2026-12-06T01:15:00Z"))
	for range 3 {
		r.until(r.now.Add(43*time.Hour + 11*time.Minute))
		r.old.Change(r.now, some)
	}

	// The switch again.
	r.old.Stop(at("2026-12-12T22:00:00Z"))
	r.until(at("2026-12-12T21:40:00Z"))
	r.export()
	if err := os.Rename(filepath.Join(r.folder, "exported.jsonl"), filepath.Join(r.folder, "old", "exported.jsonl")); err != nil {
		t.Fatal(err)
	}
	r.make("make check-import FROM=old", "Nothing was written.")
	r.make("make import FROM=old GONE=delete")
	r.make("make start-runs AT=2026-12-12T22:00:00Z MISSED=skip", "Runs are held until 2026-12-12T22:00:00Z")
	r.until(at("2026-12-12T23:30:00.009Z"))
	r.change(some)
	r.until(at("2026-12-13T01:00:00Z"))
	r.make("make status", "Runs are started")

	r.judge()
	r.comparesWithGuide()
}

// judge compares what ran with what should have.
func (r *rehearsal) judge() {
	end := at("2026-12-13T00:50:00Z")
	wrong := r.ledger.Close(end)
	for _, w := range wrong[:min(len(wrong), 20)] {
		r.t.Error(w)
	}
	r.t.Logf("%d tasks, %d clients; runs: %d by the old platform, %d by the new one\n%s", *oldTasks, *oldClients,
		r.ledger.Count(cutover.Old), r.ledger.Count(cutover.New), r.ledger.Calendar(at("2026-12-05T20:00:00Z"), at("2026-12-06T04:00:00Z")))
	if r.ledger.Count(cutover.Old) == 0 || r.ledger.Count(cutover.New) == 0 {
		r.t.Error("one of the platforms has run nothing")
	}
}

// until lets time pass on both platforms.
func (r *rehearsal) until(to time.Time) {
	r.t.Helper()
	for {
		step := 5 * time.Minute
		if window := r.window(); !window.Begun(r.now) && !window.Begun(to) || !window.Until.IsZero() && r.now.After(window.Until.Add(10*time.Minute)) {
			step = 6 * time.Hour // nothing runs here, as these ticks prove too
		}
		next := r.now.Truncate(step).Add(step)
		if next.After(to) {
			break
		}
		r.now = next
		r.tick()
	}
	r.now = to
	r.old.Advance(to)
}

func (r *rehearsal) window() run.Window {
	r.t.Helper()
	window, err := dynamo.NewTable(r.table, "tasks").Runs().Window(r.t.Context())
	if err != nil {
		r.t.Fatal(err)
	}
	return window
}

// tick wakes the runner.
func (r *rehearsal) tick() {
	r.t.Helper()
	function := app.NewRunnerOn(dynamo.NewTable(r.table, "tasks").Runs(), r, run.DefaultTimeout, app.Environment{
		Getenv: func(string) string { return "" }, Now: func() time.Time { return r.now }, Log: slog.New(slog.DiscardHandler), Metrics: io.Discard,
	})
	event, _ := json.Marshal(map[string]time.Time{"scheduledTime": r.now})
	if _, err := function.Invoke(r.t.Context(), event); err != nil {
		r.t.Fatal(err)
	}
}

// Due is the bus of the new platform. It implements run.Bus. One event may come twice.
func (r *rehearsal) Due(_ context.Context, e run.Event) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if e.Trigger == run.TriggerSchedule && !r.seen[e.RunID] {
		r.ledger.Ran(cutover.Run{Ref: cutover.Ref{AccountID: e.AccountID, ID: e.ID.String()}, Due: e.Due, By: cutover.New})
	}
	r.seen[e.RunID] = true
	return nil
}

// Notify implements run.Bus.
func (r *rehearsal) Notify(context.Context, run.Stored) error { return nil }

// export lets the old platform write its files.
func (r *rehearsal) export() {
	r.t.Helper()
	if err := r.old.Export(filepath.Join(r.folder, "old")); err != nil {
		r.t.Fatal(err)
	}
}

// make runs a command of the guide as the Makefile does.
func (r *rehearsal) make(command string, want ...string) {
	r.t.Helper()
	r.commands = append(r.commands, command)
	words := strings.Fields(command)[1:]
	variables := slices.Clone(words[1:])
	for n, variable := range variables {
		for _, name := range []string{"FROM=", "FILE="} {
			if path, is := strings.CutPrefix(variable, name); is {
				variables[n] = name + filepath.Join(r.folder, path)
			}
		}
	}
	said := r.mustRun(r.t, words[0], variables, want...)
	r.t.Logf("%s  %s\n%s", moment(r.now), command, said)
}

// change lets callers change some tasks on the new platform, with the clients and the secrets that they had on the old one.
func (r *rehearsal) change(some int) {
	r.t.Helper()
	table := dynamo.NewTable(r.table, "tasks")
	catalogue := task.NewCatalogue(table, r.admin.now, slog.New(slog.DiscardHandler))
	service := task.NewService(table, catalogue, r.admin.now, uuid.New)
	callers := client.NewAuthenticator(table.Clients(), r.admin.now)
	for n, t := range r.old.Some(some) {
		c := r.old.Clients[slices.IndexFunc(r.old.Clients, func(c cutover.Client) bool { return c.AccountID == t.AccountID })]
		caller, err := callers.Authenticate(r.t.Context(), r.token(r.t, client.Credential{ClientID: c.ID, Secret: c.Secret()}))
		if err != nil {
			r.t.Fatal(err)
		}
		request := requestOf(t.ID, r.old.Define(r.now))
		switch {
		case n%5 == 0:
			_, err = service.Delete(r.t.Context(), caller, task.DeleteRequest{ID: request.ID})
			r.ledger.End(t.Ref, r.now)
		case n%5 == 1:
			var made task.Result
			made, err = service.Register(r.t.Context(), caller, request)
			r.ledger.Define(cutover.Ref{AccountID: t.AccountID, ID: made.Task.ID.String()}, definitionOf(request), r.now, r.now)
		default:
			_, err = service.Update(r.t.Context(), caller, request)
			r.ledger.Define(t.Ref, definitionOf(request), t.Created, r.now)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func requestOf(id string, d cutover.Definition) task.UpdateRequest {
	request := task.UpdateRequest{ID: uuid.MustParse(id)}
	request.Enabled, request.TaskID, request.Parameters, request.ContentType = &d.Enabled, uuid.MustParse(d.TaskID), d.Parameters, d.ContentType
	n, _ := task.Frequencies.Number(d.Frequency)
	request.Frequency = task.Frequency(n)
	if d.StartDate != nil {
		request.StartDate = *d.StartDate
	}
	if d.FinishDate != nil {
		request.FinishDate = *d.FinishDate
	}
	for _, field := range task.BodyFields {
		request.SetSentName(field, field.String())
	}
	return request
}

func definitionOf(r task.UpdateRequest) cutover.Definition {
	d := cutover.Definition{Enabled: *r.Enabled, TaskID: r.TaskID.String(), Frequency: r.Frequency.String()}
	if !r.StartDate.IsZero() {
		d.StartDate = &r.StartDate
	}
	if !r.FinishDate.IsZero() {
		d.FinishDate = &r.FinishDate
	}
	return d
}

// TestEveryCommandOfTheGuideIsATarget holds all of its commands, those within sentences too, against the Makefile.
func TestEveryCommandOfTheGuideIsATarget(t *testing.T) {
	guide, err := os.ReadFile("../../CUTOVER.md")
	if err != nil {
		t.Fatal(err)
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, found := range regexp.MustCompile("(?m)(?:^|`)make ([a-z-]+)").FindAllStringSubmatch(string(guide), -1) {
		if !strings.Contains(string(makefile), "\n"+found[1]+":") {
			t.Errorf("the Makefile has no target %s", found[1])
		}
	}
}

// comparesWithGuide holds the commands that were run against those of the guide, in its order.
func (r *rehearsal) comparesWithGuide() {
	guide, err := os.ReadFile("../../CUTOVER.md")
	if err != nil {
		r.t.Fatal(err)
	}
	var printed []string
	inBlock := false
	for line := range strings.Lines(string(guide)) {
		switch line = strings.TrimSpace(line); {
		case strings.HasPrefix(line, "```"):
			inBlock = line == "```sh"
		case inBlock && strings.HasPrefix(line, "make ") && line != "make deploy":
			command, _, _ := strings.Cut(line, "#")
			printed = append(printed, strings.TrimSpace(command))
		}
	}
	if !slices.Equal(printed, r.commands) {
		r.t.Errorf("the guide has the commands\n%s\nand the rehearsal has run\n%s", strings.Join(printed, "\n"), strings.Join(r.commands, "\n"))
	}
}
