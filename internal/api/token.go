package api

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
	"accounttasks/internal/wire"
)

// Tokens issues tokens. *client.Issuer implements it.
type Tokens interface {
	// Issue answers a request for tokens. Its errors are those of client.Issuer.Issue.
	Issue(ctx context.Context, request client.TokenRequest) (client.Grant, error)
}

// NewToken makes the service that issues tokens and adds clients.
func NewToken(callers Authenticator, tokens Tokens, clients Clients, now func() time.Time, recorder *telemetry.Recorder) *API {
	a := &API{callers: callers, tokens: tokens, clients: clients, now: now, recorder: recorder, elsewhere: "tokens are at /Token"}
	a.routes = routes{
		{method: http.MethodPost, pattern: tokenPath, operation: issueToken, operate: a.issueToken},
		{http.MethodPost, clientsPath, "AddClient", task.ScopeWriteClients, wire.ShapeClient, nil, a.addClient},
	}
	return a
}

const tokenPath = "/Token"

// issueToken is the only operation that needs no access token and does not answer with the envelope.
const issueToken = "IssueToken"

func (c *call) isForToken() bool { return c.operation() == issueToken }

// tokenAnswer is the answer of RFC 6749, section 5.1, with the fields in the order of the original.
type tokenAnswer struct {
	AccessToken  string `json:"access_token"`
	TokenType    string `json:"token_type"`
	ExpiresIn    int    `json:"expires_in"`
	RefreshToken string `json:"refresh_token"`
	Scope        string `json:"scope,omitempty"`
}

// oauthFailure is the answer of RFC 6749, section 5.2.
type oauthFailure struct {
	Error       client.OAuthCode `json:"error"`
	Description string           `json:"error_description"`
}

// Codes for failures that RFC 6749, section 5.2, does not list. Section 4.1.2.1 has codes with the same meaning.
const (
	serverError            client.OAuthCode = "server_error"
	temporarilyUnavailable client.OAuthCode = "temporarily_unavailable"
)

// issueToken serves POST /Token. The record has neither credentials nor tokens.
func (a *API) issueToken(c *call) answer {
	request, err := readTokenRequest(c)
	if err != nil {
		return failToken(err)
	}
	grant, err := a.tokens.Issue(c.Context(), request)
	if err != nil {
		return failToken(err)
	}
	return answer{
		status:  http.StatusOK,
		changed: true,
		details: []slog.Attr{slog.String("client", grant.ClientID), slog.String("grant", request.GrantType)},
		body: writeJSON(tokenAnswer{
			AccessToken: grant.AccessToken, TokenType: "bearer", RefreshToken: grant.RefreshToken, Scope: grant.Scope,
			// One second less than the lifetime of the token, because the answer takes time to arrive.
			ExpiresIn: int(grant.ExpiresIn/time.Second) - 1,
		}),
	}
}

// failToken is the answer to a request for a token that failed with err.
func failToken(err error) answer {
	var refusal *client.OAuthError
	if !errors.As(err, &refusal) {
		return fail(err)
	}
	code := task.CodeInvalidRequest
	if refusal.Code == client.InvalidClient {
		code = task.CodeUnauthorized
	}
	ans := fail(&task.Error{Code: code, Reason: refusal.Description})
	ans.details = []slog.Attr{slog.String("error", string(refusal.Code))}
	ans.body = writeJSON(oauthFailure{refusal.Code, refusal.Description})
	return ans
}

// encodeToken writes the answer as in RFC 6749. If the answer has no body yet, the service has failed.
func encodeToken(ans answer) answer {
	if len(ans.body) == 0 {
		failed := oauthFailure{serverError, "the service failed: try again later"}
		if ans.err != nil && failureOf(ans.err.Code).retryAfter != "" {
			failed = oauthFailure{temporarilyUnavailable, "the service did not answer in time, and no token was issued: try again later"}
		}
		ans.body = writeJSON(failed)
	}
	ans.setHeader("Content-Type", "application/json;charset=UTF-8")
	ans.setHeader("Cache-Control", "no-store")
	ans.setHeader("Pragma", "no-cache")
	if ans.status == http.StatusUnauthorized {
		ans.setHeader("WWW-Authenticate", `Basic realm="token", charset="UTF-8"`)
	}
	return ans
}

func writeJSON(document any) []byte {
	body, err := json.Marshal(document)
	if err != nil {
		panic(err) // the documents are of text and numbers
	}
	return body
}
