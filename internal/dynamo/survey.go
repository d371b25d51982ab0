package dynamo

import (
	"context"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/client"
	"accounttasks/internal/run"
)

// Found takes what a survey finds, one item after the other.
type Found struct {
	Task   func(StoredTask)
	Run    func(run.Stored)
	Client func(client.Client)
	Token  func(client.Token)
}

// Surveyed is what a survey has read.
type Surveyed struct {
	Items int
	// Units are the read units that it has used; 0 where the engine does not say.
	Units float64
}

// Survey reads the whole table once, eventually consistently: half a read unit for each 4 KB. Items that cannot be read are
// left out; the log names them.
func (t *Table) Survey(ctx context.Context, found Found) (Surveyed, error) {
	var done Surveyed
	pages := dynamodb.NewScanPaginator(t.client, &dynamodb.ScanInput{
		TableName: &t.name, Limit: aws.Int32(scanPage), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal,
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return done, fmt.Errorf("read the table: %w", err)
		}
		done.Items += len(page.Items)
		if page.ConsumedCapacity != nil {
			done.Units += aws.ToFloat64(page.ConsumedCapacity.CapacityUnits)
		}
		for _, written := range page.Items {
			t.sort(ctx, written, found)
		}
	}
	return done, nil
}

// sort hands an item on by its kind.
func (t *Table) sort(ctx context.Context, written item, found Found) {
	sort := textOf(written[SortKey])
	switch {
	case strings.HasPrefix(textOf(written[PartitionKey]), accountPrefix):
		key, ok := t.ownKeyOf(ctx, written)
		switch {
		case ok && key.IsRun():
			found.Run(t.Runs().readStored(ctx, written))
		case ok:
			found.Task(StoredTask{t.readState(ctx, written), readImportMark(written), deletedAt(written)})
		}
	case sort == clientSort:
		c, err := readClient(written)
		handOn(ctx, t, written, c, err, found.Client)
	case strings.HasPrefix(sort, tokenPrefix):
		token, err := readToken(written)
		handOn(ctx, t, written, token, err, found.Token)
	}
}

// handOn hands on what was read. The log names an item that could not be read; the key of a token has its hash alone.
func handOn[T any](ctx context.Context, t *Table, written item, read T, err error, found func(T)) {
	if err != nil {
		t.log.WarnContext(ctx, "an item has attributes that cannot be read", "item", keyText(written), "cause", err)
		return
	}
	found(read)
}
