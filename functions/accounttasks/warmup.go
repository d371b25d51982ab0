package main

import (
	"context"
	"io"
	"log/slog"
	"time"

	"accounttasks/internal/api"
	"accounttasks/internal/lambdahttp"
	"accounttasks/internal/telemetry"
)

// refusedEvent is an update that the rules refuse, and that therefore never gets as far as the table.
const refusedEvent = `{"version":"2.0","routeKey":"PUT /api/v1/admin/tasks/account/{id}",` +
	`"rawPath":"/api/v1/admin/tasks/account/0","pathParameters":{"id":"0"},"headers":{"content-type":"application/json"},` +
	`"requestContext":{"http":{"method":"PUT"},"authorizer":{"jwt":{"claims":` +
	`{"account_id":"0","user_id":"0","client_id":"0","scope":"tasks/write"}}}},` +
	`"body":"{\"TaskID\":\"00000000-0000-0000-0000-000000000000\",\"StartDate\":\"2026-06-04T03:45:03Z\",` +
	`\"Parameters\":\"{}\",\"ContentType\":\"application/json\"}"}`

// warmUp serves a request that has no effect and leaves no record. What the first request of a process costs
// more than the next ones, code that is read from disk and types that encoding/json looks at once, is spent
// here: Lambda gives a function more CPU while it starts than later.
func warmUp(ctx context.Context, updater api.Updater) {
	silent := slog.New(telemetry.NewHandler(slog.NewJSONHandler(io.Discard, nil), "", io.Discard))
	lambdahttp.NewHandler(api.New(updater, time.Now, silent), silent).Invoke(ctx, []byte(refusedEvent))
}
