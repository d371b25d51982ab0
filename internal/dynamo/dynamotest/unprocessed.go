package dynamotest

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// leavingOut is a transport that removes the last part of a batch and reports it as unprocessed, a given number of
// times.
type leavingOut struct {
	client aws.HTTPClient
	times  int
	calls  int
}

// parts names, for each kind of batch, the field of the answer with the unprocessed rest.
var parts = map[string]string{"BatchGetItem": "UnprocessedKeys", "BatchWriteItem": "UnprocessedItems"}

// Do implements aws.HTTPClient.
func (l *leavingOut) Do(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	unprocessed, isBatch := parts[operation]
	if !isBatch {
		return l.client.Do(r)
	}
	if l.calls++; l.calls > l.times {
		return l.client.Do(r)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	kept, rest := withoutLast(body)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(kept)), int64(len(kept))
	answer, err := l.client.Do(r)
	if err != nil {
		return nil, err
	}
	return withUnprocessed(answer, unprocessed, rest)
}

type object = map[string]any

// withoutLast removes the last key or write from a batch of one table. rest is a batch of it alone.
func withoutLast(body []byte) (kept []byte, rest object) {
	var batch object
	_ = json.Unmarshal(body, &batch)
	tables := batch["RequestItems"].(object)
	rest = object{}
	for table, part := range tables {
		switch part := part.(type) {
		case object:
			keys := part["Keys"].([]any)
			rest[table] = object{"Keys": keys[len(keys)-1:], "ConsistentRead": true}
			part["Keys"] = keys[:len(keys)-1]
			if len(keys) == 1 {
				part["Keys"] = []any{object{dynamo.PartitionKey: object{"S": "none"}, dynamo.SortKey: object{"S": "none"}}}
			}
		case []any:
			rest[table] = part[len(part)-1:]
			tables[table] = part[:len(part)-1]
		}
	}
	kept, _ = json.Marshal(batch)
	return kept, rest
}

func withUnprocessed(answer *http.Response, name string, rest object) (*http.Response, error) {
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	var document object
	_ = json.Unmarshal(body, &document)
	document[name] = rest
	body, err = json.Marshal(document)
	answer.Body, answer.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	answer.Header.Del("Content-Length")
	answer.Header.Del("X-Amz-Crc32")
	return answer, err
}

// leavingOut returns the engine's table through a transport that leaves this many batches incomplete.
func (e engine) leavingOut(times int) *dynamo.Clients {
	options := e.client.Options()
	options.HTTPClient = &leavingOut{client: options.HTTPClient, times: times}
	return dynamo.NewTable(dynamodb.New(options), e.name).Clients()
}

func asksForUnprocessed(t *testing.T, e engine) {
	c, hashes := e.create(t)
	token, key := newRefresh(c)
	access := newToken(c, client.KindAccess)
	e.saveTokens(t, token, access)
	_, got, err := e.leavingOut(2).LoadAccess(t.Context(), c.ID, access.Hash)
	if err != nil || !reflect.DeepEqual(got, access) {
		t.Errorf("got %+v and %v, want %+v", got, err, access)
	}
	found, err := e.leavingOut(2).LoadCredentials(t.Context(), c.ID, key)
	if err != nil || !reflect.DeepEqual(found.Client, c) || !reflect.DeepEqual(found.Hashes, hashes) || !reflect.DeepEqual(found.Refresh, token) {
		t.Errorf("got %+v and %v", found, err)
	}
}

func givesUpUnprocessed(t *testing.T, e engine) {
	c, _ := e.create(t)
	access := newToken(c, client.KindAccess)
	e.saveTokens(t, access)
	if found, token, err := e.leavingOut(9).LoadAccess(t.Context(), c.ID, access.Hash); !isCode(err, task.CodeUnavailable) || found.ID != "" || token.Kind != "" {
		t.Errorf("got %+v, %+v and %v, want %s", found, token, err, task.CodeUnavailable)
	}
	if found, err := e.leavingOut(9).LoadCredentials(t.Context(), c.ID, client.RefreshKey{}); !isCode(err, task.CodeUnavailable) || found.Client.ID != "" {
		t.Errorf("got %+v and %v, want %s", found, err, task.CodeUnavailable)
	}
	if err := e.leavingOut(9).SaveTokens(t.Context(), newToken(c, client.KindAccess), access); !isCode(err, task.CodeUnavailable) {
		t.Errorf("got %v for writing, want %s", err, task.CodeUnavailable)
	}
}

func writesUnprocessed(t *testing.T, e engine) {
	c, _ := e.create(t)
	one, two := newToken(c, client.KindAccess), newToken(c, client.KindAccess)
	if err := e.leavingOut(1).SaveTokens(t.Context(), one, two); err != nil {
		t.Fatal(err)
	}
	for _, want := range []client.Token{one, two} {
		if _, got, err := e.table.Clients().LoadAccess(t.Context(), c.ID, want.Hash); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v and %v, want %+v", got, err, want)
		}
	}
}
