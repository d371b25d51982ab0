package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
)

// item is an item of the table.
type item = map[string]types.AttributeValue

// Seed puts what the table does not have yet. What it has is never overwritten,
// be it changed or not the demo's at all. Tasks that the runner does not know are brought to it: they run from now on.
// It is for tables of this machine: the clients' secrets and tokens are public.
func Seed(ctx context.Context, client *dynamodb.Client, table string) error {
	if err := SeedClients(ctx, client, table); err != nil {
		return err
	}
	return SeedTasks(ctx, client, table)
}

// SeedClients is the clients of Seed, with their access tokens.
func SeedClients(ctx context.Context, client *dynamodb.Client, table string) error {
	if err := seedClients(ctx, dynamo.NewTable(client, table).Clients()); err != nil {
		return fmt.Errorf("put the demo clients into table %s: %w", table, err)
	}
	return nil
}

// SeedTasks is the rest of Seed.
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
