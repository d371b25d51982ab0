package run

import (
	"context"
	"time"
)

// Shards is the number of parts of the index of due tasks.
const Shards = 16

// Store is the task table as the runner needs it. Its implementations are safe for concurrent use. An error is a
// *task.Error with the code CodeTooManyRequests (nothing was applied), CodeUnavailable (it may have been), or
// one without a code.
type Store interface {
	// Due lists tasks of a shard whose DueAt is not later than until, the oldest first: one page, from the
	// cursor on that the page before gave, "" for the first page. next is "" after the last page. The index may
	// lag behind the tasks.
	Due(ctx context.Context, shard int, until time.Time, cursor string) (page []Ref, next string, err error)

	// Read reads a task consistently; exists is false where there is none.
	Read(ctx context.Context, ref Ref) (s State, exists bool, err error)

	// Save writes what a look changed from seen to next: Kept, the notes of edits, LastRunOn, LastRunBy, and marks
	// that seen lacks. Where the task's DueAt, Open, Claims or Version differ from seen, such a mark is there, or the
	// task is deleted since, nothing is written and saved is false. current is the task as it is afterwards, the zero State where there
	// is none.
	Save(ctx context.Context, seen, next State) (current State, saved bool, err error)

	// PutRun notes the open run of a task unless it was noted before.
	PutRun(ctx context.Context, s State) error
}

// Bus takes messages to workers.
type Bus interface {
	// Due sends the event that a run is due. An error leaves open whether it was sent.
	Due(ctx context.Context, e Event) error
}
