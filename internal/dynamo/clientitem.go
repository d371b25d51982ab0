package dynamo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/client"
)

// The names of the attributes of clients, secrets and tokens.
const (
	attrAccountID   = "AccountID"
	attrUserID      = "UserID"
	attrScopes      = "Scopes"
	attrSecrets     = "Secrets"
	attrGeneration  = "Generation"
	attrAdded       = "Added"
	attrFingerprint = "Fingerprint"
	attrImportedAs  = "ImportedAs"
	attrCount       = "Count"
	attrKind        = "Kind"
	attrSecretID    = "SecretID"
	attrFamily      = "Family"
	attrUsedAt      = "UsedAt"
)

// The keys of clients, secrets and tokens. What a role may touch is said by partition, so secrets and refresh
// tokens have partitions apart from the clients'.
const (
	clientPrefix  = "CLIENT#"
	secretPrefix  = "SECRET#"
	refreshPrefix = "REFRESH#"
	addedPrefix   = "CLIENTS#" // and the account: how many clients its callers have added

	tokenPrefix   = "TOKEN#"
	revokedPrefix = "REVOKED#"
	hashesSort    = "HASHES"
	kindsSort     = "KINDS"
	addedSort     = "ADDED"
)

func hashesKey(clientID string) item { return key(secretPrefix+clientID, hashesSort) }

// kindsKey is in the partition of no client: an id is not empty.
func kindsKey() item { return key(secretPrefix, kindsSort) }

func accessKey(clientID, hash string) item { return key(clientPrefix+clientID, tokenPrefix+hash) }

func refreshKey(clientID, hash string) item { return key(refreshPrefix+clientID, tokenPrefix+hash) }

func revokedKey(clientID, family string) item {
	return key(refreshPrefix+clientID, revokedPrefix+family)
}

func addedKey(accountID string) item { return key(addedPrefix+accountID, addedSort) }

// clientItem is a client's item without its secrets.
func clientItem(c client.Client) item {
	written := clientKey(c.ID)
	written[attrAccountID] = text(c.AccountID)
	written[attrUserID] = text(c.UserID)
	written[attrName] = text(c.Name)
	for name, list := range map[string][]string{attrScopes: c.Scopes, attrSecrets: c.Secrets} {
		if len(list) > 0 {
			written[name] = texts(list)
		}
	}
	written[attrGeneration] = text(c.Generation)
	written[attrVersion] = number(c.Version)
	written[attrAdded] = boolean(c.Added)
	for name, value := range map[string]string{attrFingerprint: c.Fingerprint, attrImportedAs: c.Imported} {
		if value != "" {
			written[name] = text(value)
		}
	}
	return written
}

// readClient reads a client's item; one that is missing is the zero client.
func readClient(written item) (client.Client, error) {
	if len(written) == 0 {
		return client.Client{}, nil
	}
	f := &fields{item: written}
	c := client.Client{
		ID:          strings.TrimPrefix(f.text(PartitionKey), clientPrefix),
		AccountID:   f.text(attrAccountID),
		UserID:      f.text(attrUserID),
		Name:        f.text(attrName),
		Scopes:      f.texts(attrScopes),
		Secrets:     f.texts(attrSecrets),
		Generation:  f.text(attrGeneration),
		Version:     f.number(attrVersion),
		Added:       f.flag(attrAdded, false),
		Fingerprint: f.text(attrFingerprint),
		Imported:    f.text(attrImportedAs),
	}
	if f.err != nil {
		return client.Client{ID: c.ID}, fmt.Errorf("the record of client %s: %w", c.ID, f.err)
	}
	return c, nil
}

// hashesItem has an attribute for each secret: its id and its hash.
func hashesItem(clientID string, hashes map[string]client.Hash) item {
	written := hashesKey(clientID)
	for id, hash := range hashes {
		written[id] = text(string(hash))
	}
	return written
}

func readHashes(written item) (map[string]client.Hash, error) {
	f := &fields{item: written}
	hashes := make(map[string]client.Hash, len(written))
	for _, name := range attributesOf(written) {
		hashes[name] = client.Hash(f.text(name))
	}
	return hashes, f.err
}

// attributesOf are the names of an item's attributes without its key's, in order.
func attributesOf(written item) []string {
	var names []string
	for name := range written {
		if name != PartitionKey && name != SortKey {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// tokenItem is an access or refresh token's item.
func tokenItem(t client.Token) item {
	written := accessKey(t.ClientID, t.Hash)
	if t.Kind == client.KindRefresh {
		written = refreshKey(t.ClientID, t.Hash)
		written[attrFamily] = text(t.Family)
	}
	written[attrKind] = text(string(t.Kind))
	written[attrScopes] = texts(t.Scopes)
	written[attrSecretID] = text(t.SecretID)
	written[attrGeneration] = text(t.Generation)
	written[attrExpiresAt] = number(t.ExpiresAt.Unix())
	return written
}

// readToken reads a token's item; one that is missing is the zero token.
func readToken(written item) (client.Token, error) {
	if len(written) == 0 {
		return client.Token{}, nil
	}
	f := &fields{item: written}
	_, clientID, _ := strings.Cut(f.text(PartitionKey), "#")
	t := client.Token{
		Kind:       client.Kind(f.text(attrKind)),
		ClientID:   clientID,
		Hash:       strings.TrimPrefix(f.text(SortKey), tokenPrefix),
		Scopes:     f.texts(attrScopes),
		SecretID:   f.text(attrSecretID),
		Generation: f.text(attrGeneration),
		ExpiresAt:  time.Unix(f.number(attrExpiresAt), 0).UTC(),
		Family:     f.text(attrFamily),
		UsedAt:     f.date(attrUsedAt),
	}
	if f.err != nil {
		return client.Token{}, fmt.Errorf("a token of client %s: %w", clientID, f.err)
	}
	return t, nil
}

func texts(list []string) types.AttributeValue {
	values := make([]types.AttributeValue, len(list))
	for i, s := range list {
		values[i] = text(s)
	}
	return &types.AttributeValueMemberL{Value: values}
}

// texts reads a list of text.
func (f *fields) texts(name string) []string {
	switch v := f.item[name].(type) {
	case nil, *types.AttributeValueMemberNULL:
	case *types.AttributeValueMemberL:
		list := make([]string, 0, len(v.Value))
		for _, value := range v.Value {
			s, ok := value.(*types.AttributeValueMemberS)
			if !ok {
				f.fail(name, "not a list of text")
				return nil
			}
			list = append(list, s.Value)
		}
		return list
	default:
		f.fail(name, "not a list")
	}
	return nil
}
