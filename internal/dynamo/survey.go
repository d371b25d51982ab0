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
			t.handOn(ctx, written, found)
		}
	}
	return done, nil
}

// handOn hands an item on by its kind.
func (t *Table) handOn(ctx context.Context, written item, found Found) {
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
		if c, err := readClient(written); err == nil {
			found.Client(c)
		} else {
			t.warnUnreadable(ctx, written, err)
		}
	case strings.HasPrefix(sort, tokenPrefix):
		if token, err := readToken(written); err == nil {
			found.Token(token)
		} else {
			t.warnUnreadable(ctx, written, err)
		}
	}
}

// warnUnreadable names an item that could not be read. The key of a token has only the token's hash.
func (t *Table) warnUnreadable(ctx context.Context, written item, cause error) {
	t.log.WarnContext(ctx, "an item has attributes that cannot be read", "item", keyText(written), "cause", cause)
}
