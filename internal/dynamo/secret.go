package dynamo

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/client"
)

// LoadCredentials implements client.TokenStore and client.RecordStore.
func (t *Clients) LoadCredentials(ctx context.Context, clientID string, refresh client.RefreshKey) (client.Credentials, error) {
	keys := []item{clientKey(clientID), hashesKey(clientID), kindsKey()}
	asked := refresh != (client.RefreshKey{})
	if asked {
		keys = append(keys, refreshKey(clientID, refresh.Hash), revokedKey(clientID, refresh.Family))
	}
	items, err := t.batchGet(ctx, keys...)
	if err != nil {
		return client.Credentials{}, err
	}
	var found client.Credentials
	var errs [3]error
	found.Client, errs[0] = readClient(items[0])
	found.Hashes, errs[1] = readHashes(items[1])
	found.Kinds = attributesOf(items[2])
	if asked {
		found.Refresh, errs[2] = readToken(items[3])
		found.Revoked = len(items[4]) > 0
	}
	return found, errors.Join(errs[:]...)
}

// ReplaceHash implements client.TokenStore.
func (t *Clients) ReplaceHash(ctx context.Context, clientID, secretID string, old, renewed client.Hash) error {
	err := t.updateItem(ctx, "renew a secret's hash", &dynamodb.UpdateItemInput{
		Key:                       hashesKey(clientID),
		UpdateExpression:          aws.String("SET #secret = :renewed"),
		ConditionExpression:       aws.String("#secret = :old"),
		ExpressionAttributeNames:  map[string]string{"#secret": secretID},
		ExpressionAttributeValues: item{":old": text(string(old)), ":renewed": text(string(renewed))},
	})
	var failed *types.ConditionalCheckFailedException
	if errors.As(err, &failed) {
		return nil
	}
	return err
}

// AddKinds implements client.RecordStore. Each kind is an attribute, so that two imports at once keep both.
func (t *Clients) AddKinds(ctx context.Context, kinds ...string) error {
	names := make(map[string]string, len(kinds))
	sets := make([]string, len(kinds))
	for i, kind := range kinds {
		alias := fmt.Sprintf("#k%d", i)
		names[alias] = kind
		sets[i] = alias + " = :noted"
	}
	return t.updateItem(ctx, "note kinds of hashes", &dynamodb.UpdateItemInput{
		Key:                       kindsKey(),
		UpdateExpression:          aws.String("SET " + strings.Join(sets, ", ")),
		ExpressionAttributeNames:  names,
		ExpressionAttributeValues: item{":noted": boolean(true)},
	})
}
