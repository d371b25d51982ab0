package app

import (
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"log/slog"
	"net/http"
	"strings"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
)

// RehearsedEvent is the update of the rehearsal. No table has its token.
const RehearsedEvent = `{"version":"2.0","routeKey":"PUT /api/v1/admin/tasks/account/{id}",` +
	`"rawPath":"/api/v1/admin/tasks/account/` + rehearsedID + `","pathParameters":{"id":"` + rehearsedID + `"},` +
	`"headers":{"content-type":"application/json","authorization":"Bearer ` + rehearsedToken + `"},` +
	`"requestContext":{"http":{"method":"PUT"}},` +
	`"body":"{\"Enabled\":true,\"TaskID\":\"` + rehearsedID + `\",\"Frequency\":0,\"StartDate\":\"2026-06-04T03:45:03Z\",` +
	`\"FinishDate\":\"2026-06-04T03:45:03Z\",\"Parameters\":\"{}\",\"ContentType\":\"application/json\",\"Notification\":0}"}`

const (
	rehearsedID    = "00000000-0000-4000-8000-000000000000"
	rehearsedToken = "MA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" // of the client "0"
	rehearsedTable = "rehearsal"
)

// rehearse serves an update with a function that is made for it alone and gone afterwards. That function has a table of
// constants in place of the network, and leaves no record. The answer is the update's.
func rehearse(ctx context.Context, e Environment) ([]byte, error) {
	e.Log, e.Metrics = slog.New(slog.NewJSONHandler(io.Discard, nil)), io.Discard
	config, err := dynamo.NewConfig(func(string) string { return rehearsedTable })
	if err != nil {
		return nil, err
	}
	config.HTTPClient = constants{}
	table := dynamo.NewTable(dynamo.NewClientOf(config, func(string) string { return "" }), rehearsedTable).LogTo(e.Log)
	return NewAccountTasksOn(client.NewAuthenticator(table.Clients(), e.Now), table, table, e).Invoke(ctx, []byte(RehearsedEvent))
}

// constants is a table that answers each operation with a constant, without a network. It implements aws.HTTPClient.
type constants struct{}

// Do answers as DynamoDB does.
func (constants) Do(r *http.Request) (*http.Response, error) {
	_, operation, _ := strings.Cut(r.Header.Get("X-Amz-Target"), ".")
	answer := constantAnswer(operation)
	if answer == "" {
		return nil, fmt.Errorf("the rehearsal's table has no answer to %s", operation)
	}
	return &http.Response{
		StatusCode: http.StatusOK,
		Header: http.Header{
			"Content-Type": {"application/x-amz-json-1.0"},
			"X-Amz-Crc32":  {fmt.Sprint(crc32.ChecksumIEEE([]byte(answer)))},
		},
		Body:          io.NopCloser(strings.NewReader(answer)),
		ContentLength: int64(len(answer)),
	}, nil
}

// constantAnswer is the answer to one of the requests of an update: for the catalogue, for the client with its token, or to
// write the task. It is empty for other operations.
func constantAnswer(operation string) string {
	switch operation {
	case "Query":
		return `{"Items":[{"pk":{"S":"CATALOG"},"sk":{"S":"TASK#` + rehearsedID + `"},"Name":{"S":"Rehearsal"}}]}`
	case "BatchGetItem":
		return `{"UnprocessedKeys":{},"Responses":{"` + rehearsedTable + `":[` +
			`{"pk":{"S":"CLIENT#0"},"sk":{"S":"CLIENT"},"AccountID":{"S":"0"},"UserID":{"S":"0"},"Name":{"S":"0"},` +
			`"Scopes":{"L":[{"S":"tasks/write"}]},"Secrets":{"L":[{"S":"0"}]},"Generation":{"S":"0"}},` +
			`{"pk":{"S":"CLIENT#0"},"sk":{"S":"TOKEN#` + client.HashToken(rehearsedToken) + `"},"Kind":{"S":"ACCESS"},` +
			`"Scopes":{"L":[{"S":"tasks/write"}]},"SecretID":{"S":"0"},"Generation":{"S":"0"},"ExpiresAt":{"N":"253402300799"}}]}}`
	case "UpdateItem":
		return `{"Attributes":{"pk":{"S":"ACCOUNT#0"},"sk":{"S":"TASK#` + rehearsedID + `"},"Name":{"S":"Rehearsal"},` +
			`"Enabled":{"BOOL":true},"Definition":{"M":{"TaskID":{"S":"` + rehearsedID + `"},"Frequency":{"S":"NONE"},` +
			`"StartDate":{"S":"2026-06-04T03:45:03.0000000+00:00"},"FinishDate":{"S":"2026-06-04T03:45:03.0000000+00:00"},` +
			`"Parameters":{"S":"{}"},"ContentType":{"S":"application/json"},"Notification":{"S":"NONE"}}},` +
			`"DateCreated":{"S":"2026-06-04T03:45:03.0000000+00:00"},"DateModified":{"S":"2026-06-04T03:45:03.0000000+00:00"},` +
			`"LastModifiedBy":{"S":"0"},"Version":{"N":"1"},"W0":{"S":"0"}}}`
	}
	return ""
}
