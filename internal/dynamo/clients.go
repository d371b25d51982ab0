package dynamo

import "github.com/aws/aws-sdk-go-v2/service/dynamodb"

// Clients are the table's clients, secrets and tokens. It implements client.Store and is safe for concurrent use.
type Clients struct {
	client *dynamodb.Client
	name   string
}

// Clients are those of this table.
func (t *Table) Clients() *Clients { return &Clients{client: t.client, name: t.name} }
