package lambdahttp_test

import (
	"testing"

	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/task"
)

// forgedClaims are what a gateway's authorizer would say about another account's caller.
var forgedClaims = object{"account_id": "other", "user_id": "other.user", "client_id": "other", "scope": "tasks/write", "principalId": "other"}

// forged are events of both versions that name another caller everywhere except in the token.
func forged(changes ...func(object)) map[string]string {
	authorizer := object{"jwt": object{"claims": forgedClaims, "scopes": []string{"tasks/write"}}, "claims": forgedClaims, "lambda": forgedClaims}
	changes = append(changes,
		with(authorizer, "requestContext", "authorizer"),
		with("other", "requestContext", "accountId"), with(object{"user": "other"}, "requestContext", "identity"),
		with("account_id=other", "rawQueryString"),
		with("other", "headers", "x-account-id"),
		with(`{"authorizer":{"jwt":{"claims":{"account_id":"other"}}}}`, "headers", "x-golambdaproxy-apigw-context"))
	return map[string]string{"v2": eventV2(changes...), "v1": eventV1(changes...)}
}

func TestWhatAnEventSaysOfACallerIsIgnored(t *testing.T) {
	for version, event := range forged(with(nil, "headers", "authorization"), with(nil, "headers", "Authorization"), with(nil, "multiValueHeaders", "Authorization")) {
		s := newStage()
		if got := s.invoke(t, event); got.StatusCode != 401 || got.code(t) != task.CodeUnauthorized || len(s.updater.drafts) > 0 {
			t.Errorf("%s: got %d, %s and %d updates without a token, want 401", version, got.StatusCode, got.Body, len(s.updater.drafts))
		}
	}
	for version, event := range forged() {
		s := newStage()
		if got := s.invoke(t, event); got.StatusCode != 200 || s.caller.AccountID() != "demo-account" {
			t.Errorf("%s: got %d and the account %q, want the token's", version, got.StatusCode, s.caller.AccountID())
		}
	}
}

func TestTokenArrivesInEitherVersion(t *testing.T) {
	reading := "bearer  " + clienttest.Token(task.NewCaller("a", "u", "c", task.ScopeRead))
	for name, test := range map[string]struct {
		event string
		want  int
	}{
		"v2, a joined repetition":     {eventV2(with(authorization+","+authorization, "headers", "authorization")), 401},
		"v2, null":                    {eventV2(with(nil, "headers", "authorization")), 401},
		"v2, no text":                 {eventV2(with(7, "headers", "authorization")), 401},
		"v2, another scope":           {eventV2(with(reading, "headers", "authorization")), 403},
		"v1, a repetition":            {eventV1(with([]string{authorization, authorization}, "multiValueHeaders", "Authorization")), 401},
		"v1, two tokens":              {eventV1(with([]string{authorization, reading}, "multiValueHeaders", "Authorization")), 401},
		"v1, null beside the token":   {eventV1(with([]any{nil, authorization}, "multiValueHeaders", "Authorization")), 200},
		"v1, another scope":           {eventV1(with([]string{reading}, "multiValueHeaders", "Authorization")), 403},
		"v1, single values only":      {eventV1(with(nil, "multiValueHeaders"), with("application/json", "headers", "Content-Type")), 200},
		"v1, of lists the lists only": {eventV1(with([]string{}, "multiValueHeaders", "Authorization")), 401},
	} {
		if got := newStage().invoke(t, test.event); got.StatusCode != test.want {
			t.Errorf("%s: got %d and %s, want %d", name, got.StatusCode, got.Body, test.want)
		}
	}
}

func TestARepeatedTokenGetsTheSameAnswerInEitherVersion(t *testing.T) {
	rest := newStage().invoke(t, eventV1(with([]string{"Bearer a", "Bearer b"}, "multiValueHeaders", "Authorization")))
	for _, joined := range []string{"Bearer a,Bearer b", "Bearer a, Bearer b"} {
		got := newStage().invoke(t, eventV2(with(joined, "headers", "authorization")))
		if got.StatusCode != 401 || got.Body != rest.Body {
			t.Errorf("%q: got %d and %s, want 401 and %s", joined, got.StatusCode, got.Body, rest.Body)
		}
	}
}
