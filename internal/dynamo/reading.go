package dynamo

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/google/uuid"

	"accounttasks/internal/task"
)

// Read implements task.Store with one GetItem.
func (t *Table) Read(ctx context.Context, accountID string, id uuid.UUID) (task.Task, error) {
	current, err := t.getItem(ctx, taskKey(accountID, id))
	switch {
	case err != nil:
		return task.Task{}, err
	case len(current) == 0 || current[attrDeleted] != nil:
		return task.Task{}, notFound(id)
	}
	return t.read(ctx, current), nil
}

// getItem reads an item consistently; it is empty where there is none.
func (t *Table) getItem(ctx context.Context, key item) (item, error) {
	attempts := newAttempts(t.client.Options().Retryer, readFailed)
	out, err := request(ctx, attempts, t.client.GetItem, &dynamodb.GetItemInput{TableName: &t.name, Key: key, ConsistentRead: aws.Bool(true)})
	if err != nil {
		return nil, attempts.classify(fmt.Errorf("read the item %s: %w", textOf(key[SortKey]), err))
	}
	return out.Item, nil
}

// pageRoom is the size limit of a page's tasks in a response, in bytes: Lambda allows responses of 6 MB.
const pageRoom = 5_000_000

// List implements task.Store with one Query.
func (t *Table) List(ctx context.Context, l task.Listing) (task.Page, error) {
	attempts := newAttempts(t.client.Options().Retryer, readFailed)
	out, err := request(ctx, attempts, t.client.Query, listing(t.name, l))
	if err != nil {
		return task.Page{}, attempts.classify(fmt.Errorf("list tasks: %w", err))
	}
	page := task.Page{Tasks: make([]task.Task, 0, len(out.Items)), More: len(out.LastEvaluatedKey) > 0}
	room := pageRoom
	for _, written := range out.Items {
		read := t.read(ctx, written)
		if read.ID == uuid.Nil {
			continue // not a task; the log says so
		}
		if written[attrDeleted] == nil {
			if l.Summary {
				read.Parameters = ""
			}
			if room -= answerSize(read); room < 0 {
				page.More = true
				break
			}
			page.Tasks = append(page.Tasks, read)
		}
		page.Next = read.ID
	}
	page.More = page.More && page.Next != uuid.Nil
	return page, nil
}

func listing(table string, l task.Listing) *dynamodb.QueryInput {
	// A space follows the last character of an ID, a tilde every ID.
	first, last := taskPrefix, taskPrefix+"~"
	if l.After != uuid.Nil {
		first += l.After.String() + " "
	}
	return &dynamodb.QueryInput{
		TableName:                 &table,
		ConsistentRead:            aws.Bool(true),
		Limit:                     aws.Int32(int32(l.Count)),
		KeyConditionExpression:    aws.String("#pk = :pk AND #sk BETWEEN :first AND :last"),
		ExpressionAttributeNames:  map[string]string{"#pk": PartitionKey, "#sk": SortKey},
		ExpressionAttributeValues: item{":pk": text(AccountPartition(l.AccountID)), ":first": text(first), ":last": text(last)},
	}
}

// answerSize is an upper bound for the size of a task in a response: a byte of text becomes at most seven, an escape of six
// characters with its backslash escaped once more.
func answerSize(t task.Task) int {
	const others = 1500 // the names of members, dates, GUIDs, enumerations
	return others + 7*(len(t.Parameters)+len(t.Name)+len(t.LastModifiedBy)+len(t.LastRunBy))
}
