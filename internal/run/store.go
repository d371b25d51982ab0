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

	// Due lists one page of the tasks and runs of a shard whose DueAt is not later than until, the oldest first. The runs
	// of a task are in its shard. cursor is the next of the previous page, "" for the first page. next is "" after the
	// last page. The index may lag behind the items.
	Due(ctx context.Context, shard int, until time.Time, cursor string) (page []Key, next string, err error)

	// Read reads a task consistently; exists is false if there is none.
	Read(ctx context.Context, ref Ref) (s State, exists bool, err error)

	// Save writes the changes of a look from seen to next: Kept, the times of edits, LastRunOn, LastRunBy, and marks
	// that seen does not have. It writes nothing, and saved is false, if the task's DueAt, Open, Claims or Version
	// differ from seen, if it has such a mark already, or if it was deleted since. current is the task afterwards, or
	// the zero State if there is none.
	Save(ctx context.Context, seen, next State) (current State, saved bool, err error)

	// PutRun stores the open run of a task with a deadline. If it is stored already, only a later deadline is written,
	// and nothing if the run has ended.
	PutRun(ctx context.Context, s State, deadline time.Time) error

	// ReadRun reads a run consistently; exists is false if there is none.
	ReadRun(ctx context.Context, key Key) (s Stored, exists bool, err error)

	// SaveRun writes Outcome, Message, FinishedOn, Overdue and DueAt of next. It writes nothing, and saved is false, if
	// the run's Outcome or DueAt differ from seen. current is the run afterwards, or the zero value if there is none.
	SaveRun(ctx context.Context, seen, next Stored) (current Stored, saved bool, err error)
}

// Bus sends messages to workers and to those who tell users.
type Bus interface {
	// Due sends the event of a due run. After an error the event may have been sent.
	Due(ctx context.Context, e Event) error

	// Notify sends the notification of a run that has ended. After an error it may have been sent.
	Notify(ctx context.Context, s Stored) error
}
