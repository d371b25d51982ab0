package dynamo

import (
	"context"
	"fmt"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// scanPage is how many items a page of a scan has at most, so that a page does not take an attempt's time.
const scanPage = 1000

// scan reads every item that the filter of in lets through, consistently. It costs a read of the whole table: only
// operators ask, and seldom. An error ends it; what begins the error's text.
func scan(ctx context.Context, client *dynamodb.Client, table, what string, in dynamodb.ScanInput) iter.Seq2[item, error] {
	in.TableName, in.ConsistentRead, in.Limit = &table, aws.Bool(true), aws.Int32(scanPage)
	return func(yield func(item, error) bool) {
		pages := dynamodb.NewScanPaginator(client, &in)
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				yield(nil, fmt.Errorf("%s: %w", what, err))
				return
			}
			for _, row := range page.Items {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}
