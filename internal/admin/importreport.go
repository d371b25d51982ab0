package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// shown is how many of a kind the report names.
const shown = 20

// report says what the files have, and what differs from the table.
func (i *importing) report() {
	f := i.files
	accounts := map[string]bool{}
	for _, c := range i.tasks {
		if c.line > 0 {
			accounts[c.AccountID] = true
		}
	}
	i.say("Found: catalogue entries %d, clients %d, tasks %d of %d accounts.", len(f.catalogue), len(f.clients), len(f.tasks), len(accounts))
	i.say("%s", describe(i.window, i.started))
	i.frequencies()
	i.unknownTaskIDs()
	if f.hasClients {
		i.strangers(accounts)
	}
	i.named("clients differ in the files and were changed here; they stay as they are here", clientNames(chosen(i.clients, isConflict)))
	i.named("clients are not in the files any more and were changed here; they stay", clientNames(chosen(i.clients, isGoneThere)))
	i.named("clients are not in the files any more", clientNames(chosen(i.clients, isGone)))
	i.named("tasks differ in the files and were changed here; they stay as they are here", taskNames(chosen(i.tasks, isConflict)))
	i.named("tasks were deleted here, and stay deleted", taskNames(chosen(i.tasks, isDeleted)))
	i.named("tasks are being run here; run the command again for them", taskNames(chosen(i.tasks, isRunning)))
	i.named("tasks are not in the files any more and were changed here; they stay", taskNames(chosen(i.tasks, isGoneThere)))
	i.named("tasks are not in the files any more", taskNames(chosen(i.tasks, isGone)))
	if n := count(i.tasks, isKept); n > 0 {
		i.say("Tasks that were changed here only: %d; they stay as they are here.", n)
	}
	i.say("To be imported: clients %d new, %d changed; tasks %d new, %d changed, %d that have run again.",
		count(i.clients, isNew), count(i.clients, isChanged), count(i.tasks, isNew), count(i.tasks, isChanged), count(i.tasks, hasRun))
}

// group is what the report says of the tasks of one frequency.
type group struct {
	tasks, enabled, ran, day int
	last, next               time.Time
}

// frequencies shows tasks by frequency with their last and next runs.
func (i *importing) frequencies() {
	groups := map[task.Frequency]*group{}
	overdue := 0
	for _, c := range i.tasks {
		if c.line == 0 {
			continue
		}
		g := groups[c.Task.Frequency]
		if g == nil {
			g = &group{}
			groups[c.Task.Frequency] = g
		}
		next := i.next(c)
		g.add(c.Task, next, i.day())
		if i.window.Begun(i.started) && !next.IsZero() && !next.After(i.started) {
			overdue++
		}
	}
	if len(groups) == 0 {
		return
	}
	table := tabwriter.NewWriter(i.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintf(table, "FREQUENCY\tTASKS\tENABLED\tHAVE RUN\tLAST RUN\tFIRST NEXT RUN\tDUE WITHIN A DAY\n")
	for _, f := range slices.Sorted(maps.Keys(groups)) {
		g := groups[f]
		_, _ = fmt.Fprintf(table, "%s\t%d\t%d\t%d\t%s\t%s\t%d\n", f, g.tasks, g.enabled, g.ran, moment(g.last), moment(g.next), g.day)
	}
	_ = table.Flush()
	i.say("Next runs are counted from %s on.", moment(i.from()))
	if overdue > 0 {
		i.say("Tasks that are due already and run as soon as they are imported: %d.", overdue)
	}
}

// from is the time from which the report counts next runs: the start of runs, or the present while none is set.
func (i *importing) from() time.Time {
	if i.window.From.IsZero() {
		return i.started
	}
	return i.window.From
}

// day is the end of the day that begins now, or at a later start of runs.
func (i *importing) day() time.Time {
	begin := i.from()
	if begin.Before(i.started) {
		begin = i.started
	}
	return begin.Add(24 * time.Hour)
}

// next is when the task would run next.
func (i *importing) next(c taskChange) time.Time {
	s := run.State{AccountID: c.AccountID, Task: c.Task, Edited: c.Since, LastEdit: c.Since}
	s.Last = c.Task.LastRunOn
	return run.Window{From: i.from()}.Next(s, i.started)
}

func (g *group) add(t task.Task, next, day time.Time) {
	g.tasks++
	if t.Enabled {
		g.enabled++
	}
	if !t.LastRunOn.IsZero() {
		g.ran++
	}
	if t.LastRunOn.After(g.last) {
		g.last = t.LastRunOn
	}
	if next.IsZero() {
		return
	}
	if g.next.IsZero() || next.Before(g.next) {
		g.next = next
	}
	if next.Before(day) {
		g.day++
	}
}

// unknownTaskIDs names the TaskIDs that are not in the catalogue. Their lines are wrong.
func (i *importing) unknownTaskIDs() {
	names, unknown := i.files.names(i.before), map[uuid.UUID]int{}
	for _, row := range i.files.tasks {
		if _, known := names[row.TaskID]; !known && row.TaskID != uuid.Nil {
			unknown[row.TaskID]++
		}
	}
	var list []string
	for id, n := range unknown {
		list = append(list, fmt.Sprintf("%s (%d tasks)", id, n))
	}
	i.named("TaskIDs are not in the catalogue", list)
}

// strangers names clients whose account has no tasks, accounts with tasks and no client, and ClientIDs that are not in the
// file of clients.
func (i *importing) strangers(accounts map[string]bool) {
	var idle []string
	served, known := map[string]bool{}, map[string]bool{}
	for _, c := range i.files.clients {
		served[c.Client.AccountID], known[strings.ToLower(c.Client.ID)] = true, true
		if i.files.hasTasks && !accounts[c.Client.AccountID] {
			idle = append(idle, fmt.Sprintf("%s of account %s", c.Client.ID, c.Client.AccountID))
		}
	}
	i.named("clients have an account without tasks", idle)
	var unserved []string
	for account := range accounts {
		if !served[account] {
			unserved = append(unserved, account)
		}
	}
	i.named("accounts have tasks and no client", unserved)
	unknown := map[string]int{}
	for _, row := range i.files.tasks {
		if row.ClientID != uuid.Nil && !known[row.ClientID.String()] {
			unknown[row.ClientID.String()]++
		}
	}
	i.named("ClientIDs of tasks are not in the file of clients", slices.Collect(maps.Keys(unknown)))
}

// named says how many there are, and names the first of them.
func (i *importing) named(what string, names []string) {
	if len(names) == 0 {
		return
	}
	slices.Sort(names)
	more := ""
	if len(names) > shown {
		more = fmt.Sprintf(", and %d more", len(names)-shown)
	}
	i.say("%d %s: %s%s.", len(names), what, strings.Join(names[:min(len(names), shown)], ", "), more)
}

func taskNames(changes []taskChange) (names []string) {
	for _, c := range changes {
		names = append(names, fmt.Sprintf("%s of account %s", c.Task.ID, c.AccountID))
	}
	return names
}

func clientNames(changes []clientChange) (names []string) {
	for _, c := range changes {
		names = append(names, cmp.Or(c.Client.ID, c.stored.ID))
	}
	return names
}

// moment writes a time for the operator; a dash for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}
