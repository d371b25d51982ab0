package dynamo

import (
	"context"
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/task"
)

// LoadClient reads a client's record as it is now; found is false where it has none.
func LoadClient(ctx context.Context, client *dynamodb.Client, table, id string) (c Client, found bool, err error) {
	out, err := client.GetItem(ctx, &dynamodb.GetItemInput{
		TableName:      &table,
		Key:            clientKey(id),
		ConsistentRead: aws.Bool(true),
	})
	if err != nil {
		return Client{}, false, fmt.Errorf("read the record of client %s: %w", id, err)
	}
	if len(out.Item) == 0 {
		return Client{}, false, nil
	}
	f := &fields{item: out.Item}
	c = Client{ID: id, AccountID: f.text("AccountID"), UserID: f.text("UserID"), Name: f.text(attrName)}
	if err := errors.Join(f.err, c.Validate()); err != nil {
		return Client{}, false, fmt.Errorf("the record of client %s: %w", id, err)
	}
	return c, true, nil
}

// DeleteClient takes a client's record away, if there is one.
func DeleteClient(ctx context.Context, client *dynamodb.Client, table, id string) error {
	_, err := client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &table, Key: clientKey(id)})
	if err != nil {
		return fmt.Errorf("delete the record of client %s: %w", id, err)
	}
	return nil
}

// Validate tells whether the service would take the client for a caller.
func (c Client) Validate() error {
	err := task.CheckAccountID(c.AccountID)
	if wrong := task.CheckName(c.UserID); wrong != nil {
		err = errors.Join(err, fmt.Errorf("the user: %w", wrong))
	}
	return err
}
