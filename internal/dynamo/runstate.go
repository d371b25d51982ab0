package dynamo

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// The names of the attributes by which a task runs. DueShard and DueAt are the keys of the sparse index
// DueIndex: a task with nothing left to do has neither.
const (
	DueIndex = "Due"
	DueShard = "DueShard"
	DueAt    = "DueAt"

	attrNext     = "Next"
	attrLast     = "Last"
	attrOpen     = "Run"
	attrClaims   = "Claims"
	attrMissed   = "Missed"
	attrEdited   = "Edited"
	attrLastEdit = "LastEdit"
	attrOn       = "On"
	attrOff      = "Off"
)

// Runs is the table as the runner needs it. It implements run.Store and is safe for concurrent use.
type Runs struct{ table *Table }

// Runs returns the table as the runner uses it.
func (t *Table) Runs() Runs { return Runs{t} }

// shardOf is the part of the index that a task belongs to.
func shardOf(id uuid.UUID) types.AttributeValue {
	hash := fnv.New32a()
	hash.Write(id[:])
	return shard(int(hash.Sum32() % run.Shards))
}

func shard(n int) types.AttributeValue { return text(fmt.Sprintf("%02d", n)) }

// Read implements run.Store.
func (r Runs) Read(ctx context.Context, ref run.Ref) (run.State, bool, error) {
	attempts := newAttempts(r.table.client.Options().Retryer, taskUnread)
	out, err := request(ctx, attempts, r.table.client.GetItem, &dynamodb.GetItemInput{
		TableName: &r.table.name, Key: taskKey(ref.AccountID, ref.ID), ConsistentRead: aws.Bool(true),
	})
	switch {
	case err != nil:
		return run.State{}, false, attempts.classify(fmt.Errorf("read task %s: %w", ref.ID, err))
	case len(out.Item) == 0:
		return run.State{}, false, nil
	}
	return r.table.readState(ctx, out.Item), true, nil
}

const taskUnread = "The service did not get an answer in time, and nothing was changed: repeat the request later."

// readState reads a task with what the runner keeps of it.
func (t *Table) readState(ctx context.Context, written item) run.State {
	f := &fields{item: written}
	open := f.object(attrOpen)
	s := run.State{
		AccountID: strings.TrimPrefix(f.text(PartitionKey), accountPrefix),
		Task:      t.read(ctx, written),
		Deleted:   written[attrDeleted] != nil,
		Kept: run.Kept{
			Next: f.date(attrNext), Last: f.date(attrLast), DueAt: f.date(DueAt),
			Claims: f.number(attrClaims), Missed: f.number(attrMissed),
			Open: readOpen(open),
		},
		Edited: f.date(attrEdited), LastEdit: f.date(attrLastEdit), On: f.date(attrOn), Off: f.date(attrOff),
		Marks: marksIn(written),
	}
	if err := errors.Join(f.err, open.err); err != nil {
		t.log.WarnContext(ctx, "a task's schedule has attributes that cannot be read", "item", keyText(written), "cause", err)
	}
	return s
}

// marksIn are the tokens that an item remembers, with the fingerprints: of its registration, of the last updates, and
// of all calls with a key.
func marksIn(written item) map[string]string {
	marks := map[string]string{}
	if token, print, registered := strings.Cut(textOf(written[attrRegistered]), " "); registered {
		marks[token] = print
	}
	for i := range registerSize {
		if token := textOf(written[attrTokens[i]]); token != "" {
			marks[token] = textOf(written[attrPrints[i]])
		}
	}
	for name := range written {
		if token, marked := strings.CutPrefix(name, markPrefix); marked {
			found, _ := markOf(written, token)
			marks[token] = found.print
		}
	}
	return marks
}

// readOpen reads the open run. It returns nil if the run's ID or due time cannot be read: no worker could tell such a run
// from another, and it could not be stored.
func readOpen(f *fields) *run.Run {
	if len(f.item) == 0 {
		return nil
	}
	open := run.Run{
		ID: f.guid("ID"), Due: f.date("Due"), Trigger: run.Trigger(f.text("Trigger")),
		User: f.text("User"), Missed: f.number("Missed"),
	}
	if open.ID == uuid.Nil || open.Due.IsZero() {
		f.fail("ID or Due of Run", "missing")
		return nil
	}
	return &open
}

func writeOpen(open run.Run) types.AttributeValue {
	return &types.AttributeValueMemberM{Value: item{
		"ID": text(open.ID.String()), "Due": date(open.Due), "Trigger": text(string(open.Trigger)),
		"User": text(open.User), "Missed": number(open.Missed),
	}}
}
