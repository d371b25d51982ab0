package dynamo

import (
	"context"
	"fmt"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/client"
)

// List implements client.RecordStore. It scans the table: only operators ask, and seldom.
func (t *Clients) List(ctx context.Context) iter.Seq2[client.Client, error] {
	return func(yield func(client.Client, error) bool) {
		pages := dynamodb.NewScanPaginator(t.client, &dynamodb.ScanInput{
			TableName:                 &t.name,
			ConsistentRead:            aws.Bool(true),
			Limit:                     aws.Int32(scanPage),
			FilterExpression:          aws.String("#sk = :client"),
			ExpressionAttributeNames:  map[string]string{"#sk": SortKey},
			ExpressionAttributeValues: item{":client": text(clientSort)},
		})
		for pages.HasMorePages() {
			page, err := pages.NextPage(ctx)
			if err != nil {
				yield(client.Client{}, fmt.Errorf("list clients: %w", err))
				return
			}
			for _, row := range page.Items {
				if !yield(readClient(row)) {
					return
				}
			}
		}
	}
}
