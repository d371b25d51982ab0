package main

import (
	"context"
	"fmt"
	"sync/atomic"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// fillDue brings the tasks to the runner that were registered before there was one. It can be run beside traffic, and
// again: a task that an update has brought there stays as it is.
func (a *admin) fillDue(arguments) (job, error) { return job{run: a.askForLooks}, nil }

func (a *admin) askForLooks(ctx context.Context, t target) error {
	runs := dynamo.NewTable(t.client, t.table).Runs()
	var refs []run.Ref
	for ref, err := range runs.Unplanned(ctx) {
		if err != nil {
			return err
		}
		refs = append(refs, ref)
	}
	var filled atomic.Int64
	err := writeAll(ctx, refs, func(ctx context.Context, ref run.Ref) error {
		asked, err := runs.AskForLook(ctx, ref, a.now().UTC().Truncate(task.DateResolution))
		if err != nil {
			return fmt.Errorf("task %s of account %s: %w", ref.ID, ref.AccountID, err)
		}
		if asked {
			filled.Add(1)
		}
		return nil
	})
	if err != nil {
		return err
	}
	a.say("Tasks that run from now on: %d; brought to the runner by others meanwhile: %d.", filled.Load(), len(refs)-int(filled.Load()))
	return nil
}
