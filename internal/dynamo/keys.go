package dynamo

import (
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/google/uuid"

	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

// The names of the table's key attributes.
const (
	PartitionKey = "pk"
	SortKey      = "sk"
)

const (
	catalogPartition = "CATALOG"
	clientSort       = "CLIENT"
	accountPrefix    = "ACCOUNT#"
	taskPrefix       = "TASK#"
	runPrefix        = "RUN#"
)

// item is an item of the table, or its key.
type item = map[string]types.AttributeValue

func key(pk, sk string) item { return item{PartitionKey: text(pk), SortKey: text(sk)} }

func taskKey(accountID string, id uuid.UUID) item {
	return key(accountPartition(accountID), taskPrefix+id.String())
}

// runKey is the key of the state's open run. The runs of a task are in the order of their due times.
func runKey(s run.State) item {
	sk := runPrefix + s.ID.String() + "#" + task.FormatDate(s.Open.Due) + "#" + s.Open.ID.String()
	return key(accountPartition(s.AccountID), sk)
}

func accountPartition(accountID string) string { return accountPrefix + accountID }

func catalogueKey(id uuid.UUID) item { return key(catalogPartition, taskPrefix+id.String()) }

func clientKey(id string) item { return key("CLIENT#"+id, clientSort) }
