package run

import (
	"context"
	"time"
)

// Shards is the number of parts of the index of due tasks.
const Shards = 16

// Store is the task table for the runner. Implementations must be safe for concurrent use. An error is a *task.Error
// with the code CodeTooManyRequests (nothing was applied) or CodeUnavailable (it may have been applied), or an error
// without a code.
type Store interface {
	// Window reads the window in which occurrences run, consistently.
	Window(ctx context.Context) (Window, error)

	// Due lists one page of the tasks of a shard whose DueAt is not later than until, the oldest first. cursor is the
	// next of the previous page, "" for the first page. next is "" after the last page. The index may lag behind the
	// tasks.
	Due(ctx context.Context, shard int, until time.Time, cursor string) (page []Ref, next string, err error)

	// Read reads a task consistently; exists is false if there is none.
	Read(ctx context.Context, ref Ref) (s State, exists bool, err error)

	// Save writes the changes of a look from seen to next: Kept, the times of edits, LastRunOn, LastRunBy, and marks
	// that seen does not have. It writes nothing, and saved is false, if the task's DueAt, Open, Claims or Version
	// differ from seen, if it has such a mark already, or if it was deleted since. current is the task afterwards, or
	// the zero State if there is none.
	Save(ctx context.Context, seen, next State) (current State, saved bool, err error)

	// PutRun stores the open run of a task, unless it is stored already.
	PutRun(ctx context.Context, s State) error
}

// Bus sends messages to workers.
type Bus interface {
	// Due sends the event of a due run. After an error the event may have been sent.
	Due(ctx context.Context, e Event) error
}
