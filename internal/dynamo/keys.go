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

// keyText is an item's key as the log shows it to operators.
func keyText(written item) string {
	return textOf(written[PartitionKey]) + " " + textOf(written[SortKey])
}

func taskKey(accountID string, id uuid.UUID) item {
	return key(AccountPartition(accountID), taskPrefix+id.String())
}

// runKey is the key of a run.
func runKey(k run.Key) item {
	return key(AccountPartition(k.AccountID), runSort(k.ID, k.Position))
}

// runSort is the sort key of a run of a task. The runs of a task are in the order of their due times.
func runSort(taskID uuid.UUID, at run.Position) string {
	return runsPrefix(taskID) + task.FormatDate(at.Due) + "#" + at.RunID.String()
}

// runsPrefix is how the sort keys of all runs of a task begin.
func runsPrefix(taskID uuid.UUID) string { return runPrefix + taskID.String() + "#" }

// AccountPartition is the partition key of an account's tasks and runs.
func AccountPartition(accountID string) string { return accountPrefix + accountID }

func catalogueKey(id uuid.UUID) item { return key(catalogPartition, taskPrefix+id.String()) }

func clientKey(id string) item { return key("CLIENT#"+id, clientSort) }
