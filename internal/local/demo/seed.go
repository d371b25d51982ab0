package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/run"
)

// item is an item of the table.
type item = map[string]types.AttributeValue

// runsFrom is when runs of the demo table were started: before any occurrence that runs.
var runsFrom = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// Seed puts the items that the table does not have yet, and starts runs. It never overwrites an existing item. Tasks that the runner
// does not know become known to it and run from now on. Seed is for tables on this machine only, because the clients'
// secrets and tokens are public.
func Seed(ctx context.Context, client *dynamodb.Client, table string) error {
	if err := SeedClients(ctx, client, table); err != nil {
		return err
	}
	if err := StartRuns(ctx, client, table); err != nil {
		return err
	}
	return SeedTasks(ctx, client, table)
}

// StartRuns lets due tasks run, unless somebody has started or stopped runs on the table before.
func StartRuns(ctx context.Context, client *dynamodb.Client, table string) error {
	if _, err := dynamo.PutIfAbsent(ctx, client, table, dynamo.WindowItem(run.Window{From: runsFrom})); err != nil {
		return fmt.Errorf("start runs on table %s: %w", table, err)
	}
	return nil
}

// SeedClients is the part of Seed for the clients and their access tokens.
func SeedClients(ctx context.Context, client *dynamodb.Client, table string) error {
	if err := seedClients(ctx, dynamo.NewTable(client, table).Clients()); err != nil {
		return fmt.Errorf("put the demo clients into table %s: %w", table, err)
	}
	return nil
}

// SeedTasks is the part of Seed for the catalogue and the tasks.
func SeedTasks(ctx context.Context, client *dynamodb.Client, table string) error {
	for _, item := range slices.Concat(catalogueItems(), taskItems()) {
		if _, err := dynamo.PutIfAbsent(ctx, client, table, item); err != nil {
			return fmt.Errorf("put the demo data into table %s: %w", table, err)
		}
	}
	runs := dynamo.NewTable(client, table).Runs()
	for _, ref := range taskRefs() {
		if _, err := runs.AskForLook(ctx, ref, time.Now()); err != nil {
			return fmt.Errorf("bring the demo tasks of table %s to the runner: %w", table, err)
		}
	}
	return nil
}
