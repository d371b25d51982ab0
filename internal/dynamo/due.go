package dynamo

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// duePage is how many rows a page of the index holds at most.
const duePage = 200

// Due implements run.Store. Rows that are neither tasks' nor runs' are left out; the log names them.
func (r Runs) Due(ctx context.Context, n int, until time.Time, cursor string) (page []run.Key, next string, err error) {
	from, err := readCursor(cursor)
	if err != nil {
		return nil, "", err
	}
	attempts := newAttempts(r.table.client.Options().Retryer, taskUnread)
	out, err := request(ctx, attempts, r.table.client.Query, &dynamodb.QueryInput{
		TableName: &r.table.name, IndexName: aws.String(DueIndex), Limit: aws.Int32(duePage), ExclusiveStartKey: from,
		KeyConditionExpression:    aws.String("#shard = :shard AND #at <= :until"),
		ExpressionAttributeNames:  map[string]string{"#shard": DueShard, "#at": DueAt},
		ExpressionAttributeValues: item{":shard": shard(n), ":until": date(until)},
	})
	if err != nil {
		return nil, "", attempts.classify(fmt.Errorf("read shard %d of the index %s: %w", n, DueIndex, err))
	}
	for _, row := range out.Items {
		if key, ok := r.table.ownKeyOf(ctx, row); ok {
			page = append(page, key)
		}
	}
	next, err = writeCursor(out.LastEvaluatedKey)
	return page, next, err
}

// ownKeyOf reads the key of a task or a run. The log names an item that should be one and has another key.
func (t *Table) ownKeyOf(ctx context.Context, row item) (key run.Key, ok bool) {
	if key, ok = keyOf(row); !ok {
		t.log.WarnContext(ctx, "an item is neither a task nor a run", "item", keyText(row))
	}
	return key, ok
}

// keyOf reads the key of a task or a run; ok is false for the key of something else.
func keyOf(row item) (key run.Key, ok bool) {
	account, isAccount := strings.CutPrefix(textOf(row[PartitionKey]), accountPrefix)
	if !isAccount {
		return run.Key{}, false
	}
	key.AccountID = account
	sort := textOf(row[SortKey])
	if id, isTask := strings.CutPrefix(sort, taskPrefix); isTask {
		key.ID, ok = parseID(id)
		return key, ok
	}
	rest, isRun := strings.CutPrefix(sort, runPrefix)
	id, position, _ := strings.Cut(rest, "#")
	var knownID bool
	key.ID, knownID = parseID(id)
	key.Position, ok = readPosition(position)
	return key, isRun && knownID && ok
}

func parseID(written string) (id uuid.UUID, ok bool) {
	id, err := uuid.Parse(written)
	return id, err == nil
}

// A cursor is the last key of a page as JSON.
func writeCursor(last item) (string, error) {
	if len(last) == 0 {
		return "", nil
	}
	parts := make(map[string]string, len(last))
	for name, value := range last {
		parts[name] = textOf(value)
	}
	written, err := json.Marshal(parts)
	return string(written), err
}

func readCursor(cursor string) (item, error) {
	if cursor == "" {
		return nil, nil
	}
	var parts map[string]string
	if err := json.Unmarshal([]byte(cursor), &parts); err != nil {
		return nil, fmt.Errorf("read a cursor: %w", err)
	}
	from := make(item, len(parts))
	for name, value := range parts {
		from[name] = text(value)
	}
	return from, nil
}
