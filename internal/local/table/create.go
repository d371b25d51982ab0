package table

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/dynamo"
)

const (
	// creationLimit is far above the seconds that AWS takes.
	creationLimit = 2 * time.Minute
	pollInterval  = 500 * time.Millisecond
)

// CreateIfAbsent creates the table unless it exists, and waits until it can be used. A
// table that exists is not changed.
func CreateIfAbsent(ctx context.Context, client *dynamodb.Client, name string) error {
	usable, err := describe(ctx, client, name)
	if _, absent := errors.AsType[*types.ResourceNotFoundException](err); absent {
		err = create(ctx, client, name)
	}
	if err != nil {
		return fmt.Errorf("prepare table %s: %w", name, err)
	}
	if usable {
		return nil
	}
	return awaitActive(ctx, client, name)
}

// describe reports whether the table is usable. Some emulators leave the status
// out, which counts as active; the SDK's own waiter would wait forever.
func describe(ctx context.Context, client *dynamodb.Client, name string) (usable bool, err error) {
	out, err := client.DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &name})
	if err != nil {
		return false, err
	}
	switch out.Table.TableStatus {
	case types.TableStatusActive, types.TableStatusUpdating, "":
		return true, nil
	default:
		return false, nil
	}
}

// create creates a table with the keys of the task table, and does not wait until it can be used. A table that exists
// already is not an error: another process may have been faster.
func create(ctx context.Context, client *dynamodb.Client, name string) error {
	_, err := client.CreateTable(ctx, dynamo.Schema(name))
	if _, exists := errors.AsType[*types.ResourceInUseException](err); exists {
		return nil
	}
	return err
}

func awaitActive(ctx context.Context, client *dynamodb.Client, name string) error {
	ctx, cancel := context.WithTimeout(ctx, creationLimit)
	defer cancel()
	poll := time.NewTicker(pollInterval)
	defer poll.Stop()
	for {
		usable, err := describe(ctx, client, name)
		if usable {
			return nil
		}
		// A table that was created a moment ago may not be visible everywhere yet.
		if _, absent := errors.AsType[*types.ResourceNotFoundException](err); err != nil && !absent {
			return fmt.Errorf("wait for table %s: %w", name, err)
		}
		select {
		case <-poll.C:
		case <-ctx.Done():
			return fmt.Errorf("wait for table %s to become active: %w", name, ctx.Err())
		}
	}
}
