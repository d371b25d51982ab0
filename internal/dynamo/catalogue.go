package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// LoadCatalogue implements task.CatalogueSource. It follows all pages. A row that cannot be read is skipped.
func (t *Table) LoadCatalogue(ctx context.Context) (task.CatalogueCopy, error) {
	pages := dynamodb.NewQueryPaginator(t.client, &dynamodb.QueryInput{
		TableName:                 &t.name,
		KeyConditionExpression:    aws.String("#pk = :pk"),
		ExpressionAttributeNames:  map[string]string{"#pk": PartitionKey},
		ExpressionAttributeValues: item{":pk": text(catalogPartition)},
	})
	read := task.CatalogueCopy{Names: map[uuid.UUID]string{}}
	for pages.HasMorePages() {
		attempts := newAttempts(t.client.Options().Retryer, readUnknown)
		begun := time.Now()
		page, err := pages.NextPage(ctx, func(o *dynamodb.Options) { o.Retryer = attempts })
		telemetry.CountTableCall(ctx, time.Since(begun), attempts.made(err))
		if err != nil {
			return task.CatalogueCopy{}, attempts.classify(fmt.Errorf("load the task catalogue: %w", err))
		}
		for _, row := range page.Items {
			id, name, err := readCatalogueRow(row)
			if err != nil {
				read.Skipped = append(read.Skipped, err)
				continue
			}
			read.Names[id] = name
		}
	}
	return read, nil
}

// readCatalogueRow reads the GUID from the sort key and the name beside it. Whether the name is a good one the
// domain decides.
func readCatalogueRow(row item) (uuid.UUID, string, error) {
	f := &fields{item: row}
	sk, name := f.text(SortKey), f.text(attrName)
	id, err := uuid.Parse(strings.TrimPrefix(sk, taskPrefix))
	if err := errors.Join(err, f.err); err != nil {
		return uuid.Nil, "", fmt.Errorf("the row %.60q: %w", sk, err)
	}
	return id, name, nil
}

// CatalogueItem is the item of a catalogue entry.
func CatalogueItem(id uuid.UUID, name string) map[string]types.AttributeValue {
	written := catalogueKey(id)
	written[attrName] = text(name)
	return written
}
