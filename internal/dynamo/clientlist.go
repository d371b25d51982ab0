package dynamo

import (
	"context"
	"iter"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/client"
)

// List implements client.RecordStore with one scan.
func (t *Clients) List(ctx context.Context) iter.Seq2[client.Client, error] {
	return func(yield func(client.Client, error) bool) {
		for row, err := range scan(ctx, t.client, t.name, "list clients", dynamodb.ScanInput{
			FilterExpression:          aws.String("#sk = :client"),
			ExpressionAttributeNames:  map[string]string{"#sk": SortKey},
			ExpressionAttributeValues: item{":client": text(clientSort)},
		}) {
			if err != nil {
				yield(client.Client{}, err)
				return
			}
			if !yield(readClient(row)) {
				return
			}
		}
	}
}
