package dynamo

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/run"
)

// List implements run.Records with one Query.
func (r Runs) List(ctx context.Context, l run.Listing) (run.Page, error) {
	attempts := newAttempts(r.table.client.Options().Retryer, readFailed)
	out, err := request(ctx, attempts, r.table.client.Query, runListing(r.table.name, l))
	if err != nil {
		return run.Page{}, attempts.classify(fmt.Errorf("list the runs of task %s: %w", l.ID, err))
	}
	page := run.Page{Records: make([]run.Record, 0, len(out.Items)), More: len(out.LastEvaluatedKey) > 0}
	room := pageRoom
	for _, written := range out.Items {
		record, expires, ok := r.readRecord(ctx, l.ID, written)
		if !ok || record.Position() == l.After {
			continue
		}
		if expires.After(l.Now) {
			if room -= recordSize(record); room < 0 || len(page.Records) == l.Count {
				page.More = true
				break
			}
			page.Records = append(page.Records, record)
		}
		page.Next = record.Position()
	}
	page.More = page.More && page.Next != run.Position{}
	return page, nil
}

// runListing queries two runs more than the page can have: that of l.After, which the range includes, and the first one
// of the next page, which tells whether there is one.
func runListing(table string, l run.Listing) *dynamodb.QueryInput {
	// A tilde follows every due time.
	first, last := runsPrefix(l.ID), runsPrefix(l.ID)+"~"
	if l.After != (run.Position{}) {
		last = runSort(l.ID, l.After)
	}
	return &dynamodb.QueryInput{
		TableName:                 &table,
		ConsistentRead:            aws.Bool(true),
		ScanIndexForward:          aws.Bool(false),
		Limit:                     aws.Int32(int32(l.Count) + 2),
		KeyConditionExpression:    aws.String("#pk = :pk AND #sk BETWEEN :first AND :last"),
		ExpressionAttributeNames:  map[string]string{"#pk": PartitionKey, "#sk": SortKey},
		ExpressionAttributeValues: item{":pk": text(AccountPartition(l.AccountID)), ":first": text(first), ":last": text(last)},
	}
}

// readRecord reads a run of a task, and when it expires. ok is false if its key is not that of a run. The log names
// attributes that cannot be read.
func (r Runs) readRecord(ctx context.Context, taskID uuid.UUID, written item) (record run.Record, expires time.Time, ok bool) {
	at, ok := readPosition(strings.TrimPrefix(textOf(written[SortKey]), runsPrefix(taskID)))
	f := &fields{item: written}
	record = run.Record{
		ID: at.RunID, Due: at.Due, Trigger: run.Trigger(f.text(attrTrigger)),
		StartedOn: f.date(attrStarted), FinishedOn: f.date(attrFinished),
		Outcome: run.Outcome(f.text(attrOutcome)), Message: f.text(attrMessage), Missed: f.number(attrMissed),
	}
	expires = time.Unix(f.number(attrExpiresAt), 0)
	if f.err != nil || !ok {
		r.table.log.WarnContext(ctx, "a run has attributes that cannot be read", "item", keyText(written), "cause", f.err)
	}
	return record, expires, ok
}

// readPosition reads the part of a run's sort key that runSort adds to the prefix.
func readPosition(written string) (at run.Position, ok bool) {
	due, id, _ := strings.Cut(written, "#")
	parsed, badDate := time.Parse(time.RFC3339Nano, due)
	runID, badID := uuid.Parse(id)
	return run.Position{Due: parsed.UTC(), RunID: runID}, badDate == nil && badID == nil
}

// recordSize is an upper bound for the size of a run in a response. answerSize has the reason for the seven.
func recordSize(r run.Record) int {
	const others = 700 // the names of members, dates, the GUID, enumerations
	return others + 7*len(r.Message)
}
