package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// largeTable is the size from which status reads a table only if the operator says ALL=yes: a gigabyte takes about a
// minute.
const largeTable = 1 << 30

// status shows what a person asks who is called at night. It changes nothing.
func (a *admin) status(given arguments) (job, error) {
	if all := given["ALL"]; all != "" && all != "yes" {
		return job{}, fmt.Errorf("ALL is %q: say yes, or leave it out", all)
	}
	return job{run: func(ctx context.Context, t target) error {
		table := dynamo.NewTable(t.client, t.table)
		window, err := table.Runs().Window(ctx)
		if err != nil {
			return err
		}
		now := a.now().UTC()
		a.say("%s", describe(window, now))
		lines := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
		unreadable := a.deployment(ctx, t, lines)
		err = survey(ctx, t, table, window, now, given["ALL"] == "yes", lines)
		return errors.Join(unreadable, err, lines.Flush())
	}}, nil
}

func show(lines io.Writer, name, format string, args ...any) {
	_, _ = fmt.Fprintf(lines, name+"\t"+format+"\n", args...)
}

// state is what the table says at one time.
type state struct {
	window run.Window
	now    time.Time

	tasks              map[task.Status]int
	deleted, unplanned int
	due, held          int
	oldest             run.State
	oldestDue          time.Time
	open               int // leases
	started, overdue   int
	outcomes           map[run.Outcome]int
	issued, good       int
	clients, imported  int
	seen, importedIDs  map[string]bool
}

// survey reads the table and shows tasks, runs, tokens and clients.
func survey(ctx context.Context, t target, table *dynamo.Table, w run.Window, now time.Time, all bool, lines io.Writer) error {
	// The size is only a warning: a table whose size is not told is read.
	var size int64
	if described, err := t.client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &t.table}); err == nil {
		size = aws.ToInt64(described.Table.TableSizeBytes)
	}
	if size > largeTable && !all {
		show(lines, "TABLE", "not read: it has about %.1f GB, which cost about $%.2f and a minute a gigabyte: say ALL=yes", float64(size)/(1<<30), dollars(float64(size)/8192))
		return nil
	}
	s := &state{window: w, now: now, tasks: map[task.Status]int{}, outcomes: map[run.Outcome]int{}, seen: map[string]bool{}, importedIDs: map[string]bool{}}
	done, err := table.Survey(ctx, dynamo.Found{Task: s.addTask, Run: s.addRun, Client: s.addClient, Token: s.addToken})
	if err != nil {
		return err
	}
	s.print(lines)
	cost := ""
	if done.Units > 0 {
		cost = fmt.Sprintf(", %.0f read units, $%.4f", done.Units, dollars(done.Units))
	}
	show(lines, "READ", "%d items%s", done.Items, cost)
	return nil
}

// dollars is what read units cost, at the list price of us-east-1.
func dollars(units float64) float64 { return units * 0.125 / 1e6 }

func (s *state) addTask(t dynamo.StoredTask) {
	if t.Deleted {
		s.deleted++
		return
	}
	s.tasks[t.Status(s.now)]++
	switch {
	case t.Open != nil:
		s.open++
		return
	case !t.DueAt.IsZero() && !t.DueAt.Equal(t.Next):
		s.unplanned++
	}
	if s.window.From.IsZero() {
		return
	}
	next := s.window.Next(t.State, s.now)
	if next.IsZero() || next.After(s.now) {
		return
	}
	if !s.window.Until.IsZero() && !next.Before(s.window.Until) {
		s.held++
		return
	}
	s.due++
	if s.oldestDue.IsZero() || next.Before(s.oldestDue) {
		s.oldest, s.oldestDue = *slim(t.State), next
	}
}

func (s *state) addRun(r run.Stored) {
	if r.StartedOn.Before(s.now.Add(-time.Hour)) {
		return
	}
	s.started++
	if r.Overdue {
		s.overdue++
		return
	}
	s.outcomes[r.Outcome]++
}

func (s *state) addClient(c client.Client) {
	s.clients++
	if c.Imported != "" {
		s.imported++
		s.importedIDs[c.ID] = true
	}
}

func (s *state) addToken(t client.Token) {
	s.seen[t.ClientID] = true
	if t.Kind != client.KindAccess || t.ExpiresAt.Before(s.now) {
		return
	}
	s.good++
	if t.ExpiresAt.After(s.now.Add(client.AccessLifetime - time.Hour)) {
		s.issued++
	}
}

func (s *state) print(lines io.Writer) {
	count := 0
	for _, n := range s.tasks {
		count += n
	}
	show(lines, "TASKS", "%d: active %d, pending %d, finished %d, disabled %d; deleted %d", count, s.tasks[task.StatusActive], s.tasks[task.StatusPending],
		s.tasks[task.StatusFinished], s.tasks[task.StatusDisabled], s.deleted)
	due := fmt.Sprintf("%d now", s.due)
	if s.due > 0 {
		due += fmt.Sprintf("; the oldest since %s: task %s of account %s", moment(s.oldestDue), s.oldest.ID, s.oldest.AccountID)
	}
	show(lines, "DUE", "%s; held %d; being started %d; to be planned %d", due, s.held, s.open, s.unplanned)
	show(lines, "RUNS", "of the last hour %d: success %d, failed %d, not reported in time %d, running %d", s.started,
		s.outcomes[run.OutcomeSuccess], s.outcomes[run.OutcomeFailed], s.overdue, s.outcomes[run.OutcomeRunning])
	show(lines, "TOKENS", "issued in the last hour %d; good now %d", s.issued, s.good)
	show(lines, "CLIENTS", "%d, %d of them imported%s", s.clients, s.imported, s.missing())
}

// missing names the imported clients that have not come. Refresh tokens are kept for 30 days.
func (s *state) missing() string {
	var ids []string
	for id := range s.importedIDs {
		if !s.seen[id] {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, cmp.Compare)
	switch {
	case s.imported == 0:
		return ""
	case len(ids) == 0:
		return "; all of these have got a token in the last 30 days"
	case len(ids) > shown:
		return fmt.Sprintf("; %d have not got a token in the last 30 days: %s, and %d more", len(ids), strings.Join(ids[:shown], ", "), len(ids)-shown)
	}
	return fmt.Sprintf("; %d have not got a token in the last 30 days: %s", len(ids), strings.Join(ids, ", "))
}
