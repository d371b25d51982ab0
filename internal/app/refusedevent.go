package app

import (
	"context"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/client"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

// RefusedEvent is an update that the rules refuse, and that therefore never gets as far as the table. No table has its
// token.
const RefusedEvent = `{"version":"2.0","routeKey":"PUT /api/v1/admin/tasks/account/{id}",` +
	`"rawPath":"/api/v1/admin/tasks/account/0","pathParameters":{"id":"0"},` +
	`"headers":{"content-type":"application/json","authorization":"Bearer MA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},` +
	`"requestContext":{"http":{"method":"PUT"}},` +
	`"body":"{\"TaskID\":\"00000000-0000-0000-0000-000000000000\",\"StartDate\":\"2026-06-04T03:45:03Z\",` +
	`\"Parameters\":\"{}\",\"ContentType\":\"application/json\"}"}`

// refuse serves the event with a handler that is made for it alone and gone afterwards.
func (f *AccountTasks) refuse(ctx context.Context) ([]byte, error) {
	callers := client.NewAuthenticator(ownToken{f.environment.Now}, f.environment.Now)
	return lambdahttp.NewHandler(api.New(callers, f.service, f.environment.Now, telemetry.Discard())).Invoke(ctx, []byte(RefusedEvent))
}

// ownToken stands where the table has clients and tokens. It knows the client of RefusedEvent alone, and is asked for
// its token alone.
type ownToken struct{ now func() time.Time }

// LoadAccess implements what client.NewAuthenticator needs.
func (o ownToken) LoadAccess(_ context.Context, clientID, tokenHash string) (client.Client, client.Token, error) {
	const one = "0"
	if clientID != one {
		return client.Client{}, client.Token{}, nil
	}
	scopes := []string{task.ScopeWrite}
	return client.Client{ID: clientID, AccountID: one, UserID: one, Scopes: scopes, Secrets: []string{one}, Generation: one},
		client.Token{
			Kind: client.KindAccess, ClientID: clientID, Hash: tokenHash, Scopes: scopes, SecretID: one, Generation: one,
			ExpiresAt: o.now().Add(time.Hour),
		}, nil
}
