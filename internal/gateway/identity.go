package gateway

import (
	"context"
	"strings"
	"unicode"

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
	caller := task.Caller{
		AccountID: claims["account_id"],
		UserID:    claims["user_id"],
		ClientID:  claims["client_id"],
		Scopes:    strings.Fields(claims["scope"]),
	}
	if !isAccountID(caller.AccountID) || !isName(caller.UserID) || !isName(caller.ClientID) {
		return ctx
	}
	return task.WithCaller(ctx, caller)
}

// isAccountID tells whether text can be an account's id: nothing that could be taken for a separator or a
// wildcard, at most 128 bytes.
func isAccountID(text string) bool {
	return text != "" && len(text) <= 128 && isAlphanumeric(text[0]) && consistsOf(text, "_.-")
}

// isName tells whether text can name a user or a client: printable, not blank, at most 256 bytes.
func isName(text string) bool {
	return strings.TrimSpace(text) != "" && len(text) <= 256 &&
		strings.IndexFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

// consistsOf tells whether text has nothing but ASCII letters, digits and the marks.
func consistsOf(text, marks string) bool {
	for i := range len(text) {
		if !isAlphanumeric(text[i]) && strings.IndexByte(marks, text[i]) < 0 {
			return false
		}
	}
	return true
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}
