package main

import (
	"context"
	"fmt"
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
	overtakenClients, err := i.writeClients(ctx, chosen(i.clients, verdicts...))
	if err != nil {
		return err
	}
	overtakenTasks, err := i.writeTasks(ctx, chosen(i.tasks, verdicts...))
	if err != nil {
		return err
	}
	i.summarize(gone)
	if overtaken := overtakenClients + overtakenTasks; overtaken > 0 {
		return fmt.Errorf("%d of them have changed or run here since this command looked at them, and were left: run it again", overtaken)
	}
	return nil
}

func (i *importing) writeClients(ctx context.Context, changes []clientChange) (overtaken int64, err error) {
	var left, done atomic.Int64
	err = writeAll(ctx, changes, func(ctx context.Context, c clientChange) error {
		written, err := c.apply(ctx, i.registry)
		i.progress(&done, len(changes), "clients")
		return note(&left, written, err)
	})
	return left.Load(), err
}

func (i *importing) writeTasks(ctx context.Context, changes []taskChange) (overtaken int64, err error) {
	var left, done atomic.Int64
	err = writeAll(ctx, changes, func(ctx context.Context, c taskChange) error {
		written, err := c.apply(ctx, i.runs, i.started)
		i.progress(&done, len(changes), "tasks")
		return note(&left, written, err)
	})
	return left.Load(), err
}

func note(left *atomic.Int64, written bool, err error) error {
	if err == nil && !written {
		left.Add(1)
	}
	return err
}

// progress says how far the command is, now and then.
func (i *importing) progress(done *atomic.Int64, all int, what string) {
	if n := done.Add(1); n%progressStep == 0 && int(n) < all {
		i.say("%d of %d %s …", n, all, what)
	}
}

// summarize says what was written.
func (i *importing) summarize(gone string) {
	if i.files.hasClients {
		i.say("Clients imported: %d; changed: %d; there already and unchanged: %d; removed: %d.", count(i.clients, isNew), count(i.clients, isChanged),
			count(i.clients, isSame, isConflict), removed(count(i.clients, isGone), gone))
	}
	if len(i.tasks) > 0 || i.files.hasTasks {
		i.say("Tasks imported: %d; changed: %d; have run again: %d; there already and unchanged: %d; removed: %d.", count(i.tasks, isNew),
			count(i.tasks, isChanged), count(i.tasks, hasRun), count(i.tasks, isSame, isKept, isConflict, isDeleted, isRunning), removed(count(i.tasks, isGone), gone))
	}
}

func removed(count int, gone string) int {
	if gone == goneDelete {
		return count
	}
	return 0
}
