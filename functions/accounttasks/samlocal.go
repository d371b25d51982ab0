package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/url"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

// dockerHost is the name under which a container finds the machine that it runs on. At AWS it is no host at all.
const dockerHost = "host.docker.internal"

// startAPIDomain is the domain of every HTTP API event that `sam local start-api` makes. API Gateway writes the
// API's own domain there.
const startAPIDomain = "localhost"

// demoClaims are those of the local stack's client "demo".
var demoClaims = map[string]string{
	"account_id": "11111111-1111-4111-8111-111111111111",
	"user_id":    "demo.user",
	"client_id":  "demo",
	"scope":      "tasks/write",
}

// withSAMLocal puts an authorizer's stand-in in front of the function where it runs under `sam local`, which
// ignores JWT authorizers, on a table of the same machine. Both are asked for, so that the demo identity is out
// of reach of real data: a function deployed with both variables would have no table.
func withSAMLocal(env func(string) string, log *slog.Logger, function lambda.Handler) lambda.Handler {
	table, err := url.Parse(env("AWS_ENDPOINT_URL_DYNAMODB"))
	if env("AWS_SAM_LOCAL") != "true" || err != nil || table.Hostname() != dockerHost {
		return function
	}
	log.Warn("sam local: requests of start-api get the identity of the demo client")
	return standInAuthorizer{function}
}

// standInAuthorizer verifies every request of `sam local start-api` as the demo client's.
type standInAuthorizer struct{ function lambda.Handler }

// Invoke implements lambda.Handler.
func (a standInAuthorizer) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var event events.APIGatewayV2HTTPRequest
	if err := json.Unmarshal(payload, &event); err != nil || !isStartAPI(event) {
		return a.function.Invoke(ctx, payload)
	}
	event.RequestContext.Authorizer = &events.APIGatewayV2HTTPRequestContextAuthorizerDescription{
		JWT: &events.APIGatewayV2HTTPRequestContextAuthorizerJWTDescription{Claims: demoClaims},
	}
	verified, err := json.Marshal(event)
	if err != nil {
		return nil, err
	}
	return a.function.Invoke(ctx, verified)
}

// isStartAPI tells an event of `sam local start-api` from one of a file, which `sam local invoke` passes on as it is.
func isStartAPI(event events.APIGatewayV2HTTPRequest) bool {
	return event.Version == "2.0" && event.RequestContext.DomainName == startAPIDomain && event.RequestContext.Authorizer == nil
}
