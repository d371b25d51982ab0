package task

import (
	"context"
	"time"

	"github.com/google/uuid"
)

// Store is the task table as the domain needs it. It is safe for concurrent use.
type Store interface {
	// Update carries out one update as one conditional write, or returns why it was not applied.
	//
	// The error has one of these codes, checked in this order: CodeTaskNotFound (the account has no such
	// task), CodeIdempotencyKeyReused (the token was used for another update), CodePreconditionFailed
	// (no revision of IfMatch is the task's, or one of NotAt is; the error carries the current task). When the table itself
	// fails it is CodeTooManyRequests (nothing was applied), CodeUnavailable (it may have been, unless the
	// reason says otherwise) or an error without a code. An update that was applied before is not applied again:
	// the current task is returned, with Replayed set where the caller repeated it under its key, which is
	// known for at least a day (contract section 5.13).
	Update(ctx context.Context, w ConditionalUpdate) (Result, error)

	// TryUpdate tells with one read how Update would end, and changes nothing. Where it would be applied it gives
	// the task as it would be, without a revision; for a repeat the task as it is. Errors are those of Update.
	TryUpdate(ctx context.Context, w ConditionalUpdate) (Result, error)

	// Register carries out a registration as one conditional write that never overwrites a task. Where the task
	// is there already, under the same token and fingerprint, it is returned as it is now. The error has
	// CodeIdempotencyKeyReused (the token was used for another registration), CodeTaskNotFound (the task that the
	// token registered has been deleted since) or, when the table itself fails, one of those of Update.
	Register(ctx context.Context, r Registration) (Result, error)

	// TryRegister tells with one read how Register would end, and changes nothing. Where the task would be
	// registered it is given with the zero GUID and without a revision.
	TryRegister(ctx context.Context, r Registration) (Result, error)

	// Read returns a task as it is now, by one consistent read. The error has CodeTaskNotFound or, when the table
	// itself fails, CodeTooManyRequests, CodeUnavailable or none.
	Read(ctx context.Context, accountID string, id uuid.UUID) (Task, error)

	// List returns one page of an account's tasks in the order of their IDs, by one consistent query. Errors are
	// those of Read, except CodeTaskNotFound: an account without tasks has an empty list.
	List(ctx context.Context, l Listing) (Page, error)

	// Delete marks a task as deleted with one conditional write: it is gone for every operation at once. For a
	// day a repeat under the same token is answered as the first was. Errors are those of Update.
	Delete(ctx context.Context, d Deletion) (Result, error)
}

// ConditionalUpdate is one update on its way to the store.
type ConditionalUpdate struct {
	AccountID  string
	ID         uuid.UUID
	Enabled    *bool // nil keeps the stored flag
	Definition Definition
	Name       string
	ModifiedBy string
	ModifiedAt time.Time
	// Token identifies the update among all updates of the task; Fingerprint identifies what it does.
	Token, Fingerprint string
	// Keyed says that the caller can repeat the update under the same Token: it sent an idempotency key.
	Keyed bool
	// IfMatch holds the revisions at which the update may be applied; empty means any.
	IfMatch []Revision
	// NotAt holds the revisions at which the update must not be applied; NotAtAny means every revision
	// (contract section 5.22).
	NotAt    []Revision
	NotAtAny bool
}

// Result is the outcome of an update that was applied.
type Result struct {
	// Task is the task as it is after the update; for a repeat as it is now.
	Task Task
	// Replayed says that the caller repeated an update that had been applied before. A repeat of the store's own,
	// after a lost answer, does not count.
	Replayed bool
}

// Registration is a new task on its way to the store.
type Registration struct {
	AccountID string
	// Task is the task as it will be at its first revision.
	Task Task
	// Fingerprint, Keyed: as for a ConditionalUpdate. The token is that of the task's revision, and stays with
	// the task as long as it lives.
	Fingerprint string
	Keyed       bool
}

// Listing asks for one page of an account's tasks.
type Listing struct {
	AccountID string
	// After is the ID after which the page begins; the zero GUID begins with the first task. The task need not
	// exist.
	After uuid.UUID
	// Count is how many tasks the page may have at most.
	Count int
	// Summary leaves Parameters out.
	Summary bool
}

// Page is one page of tasks. It may be short, or empty, without being the last.
type Page struct {
	Tasks []Task
	// More says that there may be tasks after Next, the value of After for the next page.
	More bool
	Next uuid.UUID
}

// Deletion is a delete on its way to the store.
type Deletion struct {
	AccountID string
	ID        uuid.UUID
	DeletedAt time.Time
	// Token, Fingerprint, Keyed and the preconditions: as in a ConditionalUpdate.
	Token, Fingerprint string
	Keyed              bool
	IfMatch            []Revision
	NotAt              []Revision
	NotAtAny           bool
}
