package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
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

// CheckAccountID tells whether the service would take id for an account's: nothing in it may pass for a
// separator or a wildcard.
func CheckAccountID(id string) error {
	isStray := func(r rune) bool { return !isAlphanumeric(r) && !strings.ContainsRune("_.-", r) }
	if id != "" && len(id) <= 128 && isAlphanumeric(rune(id[0])) && !strings.ContainsFunc(id, isStray) {
		return nil
	}
	return fmt.Errorf("the account %q is not 1 to 128 letters, digits, dots, hyphens and underscores that begin with a letter or digit", id)
}

func isAlphanumeric(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z'
}

// Validate tells whether the service would take the client for a caller: it lets in nobody whose account or
// user is none of these.
func (c Client) Validate() error {
	var user error
	if strings.TrimSpace(c.UserID) == "" || len(c.UserID) > 256 ||
		strings.ContainsFunc(c.UserID, func(r rune) bool { return !unicode.IsPrint(r) }) {
		user = fmt.Errorf("the user %q is not 1 to 256 bytes of printable text", c.UserID)
	}
	return errors.Join(CheckAccountID(c.AccountID), user)
}
