package main

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"accounttasks/internal/client"
)

// write writes the catalogue, then clients, then tasks. An interrupted import can be run again.
func (i *importing) write(ctx context.Context, gone string) error {
	var secrets []client.ImportedClient
	for _, c := range chosen(i.clients, isNew, isChanged) {
		secrets = append(secrets, c.ImportedClient)
	}
	// It refuses a file with too many kinds of hashes, so it comes first.
	if err := i.registry.PrepareImport(ctx, secrets); err != nil {
		return err
	}
	verdicts := []verdict{isNew, isChanged, hasRun}
	if gone == goneDelete {
		verdicts = append(verdicts, isGone)
	}
	if len(i.files.catalogue) > 0 {
		if err := i.putEntries(ctx, i.target, i.files.catalogue); err != nil {
			return err
		}
	}
	clients, tasks := newTally(), newTally()
	err := i.writeClients(ctx, chosen(i.clients, verdicts...), clients)
	if err == nil {
		err = i.writeTasks(ctx, chosen(i.tasks, verdicts...), tasks)
	}
	i.summarize(clients, tasks)
	if left := clients.left + tasks.left; err == nil && left > 0 {
		return fmt.Errorf("%d more have changed or run here since this command looked at them, and were left: run it again", left)
	}
	return err
}

// tally counts what was written, by its verdict. It is safe for concurrent use.
type tally struct {
	mu      sync.Mutex
	written map[verdict]int
	left    int // what has changed since it was judged
}

func newTally() *tally { return &tally{written: map[verdict]int{}} }

func (t *tally) note(v verdict, written bool, err error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	switch {
	case err != nil:
	case written:
		t.written[v]++
	default:
		t.left++
	}
	return err
}

func (i *importing) writeClients(ctx context.Context, changes []clientChange, t *tally) error {
	var done atomic.Int64
	return writeAll(ctx, changes, func(ctx context.Context, c clientChange) error {
		written, err := c.apply(ctx, i.registry)
		i.progress(&done, len(changes), "clients")
		return t.note(c.verdict, written, err)
	})
}

func (i *importing) writeTasks(ctx context.Context, changes []taskChange, t *tally) error {
	var done atomic.Int64
	return writeAll(ctx, changes, func(ctx context.Context, c taskChange) error {
		written, err := c.apply(ctx, i.runs, i.started)
		i.progress(&done, len(changes), "tasks")
		return t.note(c.verdict, written, err)
	})
}

// progress says how far the command is, now and then.
func (i *importing) progress(done *atomic.Int64, all int, what string) {
	if n := done.Add(1); n%progressStep == 0 && int(n) < all {
		i.say("%d of %d %s …", n, all, what)
	}
}

// summarize says what was written.
func (i *importing) summarize(clients, tasks *tally) {
	if i.files.hasClients {
		i.say("Clients imported: %d; changed: %d; there already and unchanged: %d; removed: %d.", clients.written[isNew], clients.written[isChanged],
			count(i.clients, isSame, isConflict), clients.written[isGone])
	}
	if len(i.tasks) > 0 || i.files.hasTasks {
		i.say("Tasks imported: %d; changed: %d; have run again: %d; there already and unchanged: %d; removed: %d.", tasks.written[isNew],
			tasks.written[isChanged], tasks.written[hasRun], count(i.tasks, isSame, isKept, isConflict, isDeleted, isRunning), tasks.written[isGone])
	}
}
