package lambdahttp

import (
	"context"
	"strings"

	"github.com/aws/aws-lambda-go/events"

	"accounttasks/internal/task"
)

// claimsV2 are the claims that an HTTP API's JWT authorizer verified.
func claimsV2(event events.APIGatewayV2HTTPRequest) map[string]string {
	if a := event.RequestContext.Authorizer; a != nil && a.JWT != nil {
		return a.JWT.Claims
	}
	return nil
}

// claimsV1 are the claims that a REST API's authorizer verified. A claim that is no text counts as missing.
func claimsV1(event events.APIGatewayProxyRequest) map[string]string {
	listed, _ := event.RequestContext.Authorizer["claims"].(map[string]any)
	claims := make(map[string]string, len(listed))
	for name, value := range listed {
		if text, ok := value.(string); ok {
			claims[name] = text
		}
	}
	return claims
}

// withIdentity attaches the caller that the claims name. Where a claim is missing or is none that an issuer
// of this service would write, nobody is attached.
func withIdentity(ctx context.Context, claims map[string]string) context.Context {
	caller := task.NewCaller(claims["account_id"], claims["user_id"], claims["client_id"], strings.Fields(claims["scope"])...)
	if task.CheckAccountID(caller.AccountID()) != nil || task.CheckName(caller.UserID()) != nil || task.CheckName(caller.ClientID()) != nil {
		return ctx
	}
	return task.WithCaller(ctx, caller)
}
