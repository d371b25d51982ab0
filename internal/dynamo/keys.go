package dynamo

import (
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"
)

// The names of the table's key attributes.
const (
	PartitionKey = "pk"
	SortKey      = "sk"
)

const (
	catalogPartition = "CATALOG"
	clientSort       = "CLIENT"
	taskPrefix       = "TASK#"
)

// item is an item of the table, or its key.
type item = map[string]types.AttributeValue

func key(pk, sk string) item { return item{PartitionKey: text(pk), SortKey: text(sk)} }

func taskKey(accountID string, id uuid.UUID) item {
	return key("ACCOUNT#"+accountID, taskPrefix+id.String())
}

func catalogueKey(id uuid.UUID) item { return key(catalogPartition, taskPrefix+id.String()) }

func clientKey(id string) item { return key("CLIENT#"+id, clientSort) }
