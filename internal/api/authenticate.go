package api

import (
	"context"
	"net/http"
	"strings"

	"accounttasks/internal/task"
)

// Authenticator finds the caller of an access token. *client.Authenticator implements it.
type Authenticator interface {
	// Authenticate has the errors of client.Authenticator.Authenticate.
	Authenticate(ctx context.Context, accessToken string) (task.Caller, error)
}

// The challenges of RFC 6750, section 3. The first one is for a request without a token.
const (
	challenge           = "Bearer"
	challengeOfBadToken = `Bearer error="invalid_token"`
	challengeOfScope    = `Bearer error="insufficient_scope", scope="`
)

// authenticate passes on only calls with a valid access token. The token alone determines the caller.
func (a *API) authenticate(next handler) handler {
	return func(c *call) answer {
		token, refusal := readBearer(c.Header.Values("Authorization"))
		if refusal != nil {
			return *refusal
		}
		caller, err := a.callers.Authenticate(c.Context(), token)
		if err != nil {
			return failAuthentication(err, challengeOfBadToken)
		}
		c.caller = caller
		return next(c)
	}
}

// failAuthentication is the answer to a call without a known caller. If the check itself failed, the token is not
// refused and the answer has no challenge.
func failAuthentication(err error, challenge string) answer {
	ans := fail(err)
	if ans.status == http.StatusUnauthorized {
		ans.setHeader("WWW-Authenticate", challenge)
	}
	return ans
}

// authorize passes on only callers whose token grants the scope of the route.
func authorize(next handler) handler {
	return func(c *call) answer {
		if !c.caller.Allows(c.route.scope) {
			ans := fail(&task.Error{Code: task.CodeForbidden,
				Reason: "The token does not grant the scope " + c.route.scope + ": send one that does."})
			ans.setHeader("WWW-Authenticate", challengeOfScope+c.route.scope+`"`)
			return ans
		}
		return next(c)
	}
}

// readBearer reads the lines of the Authorization header (RFC 6750, section 2.1), with the scheme in any case. It
// refuses several tokens, even equal ones, because a system between the client and this service has added one. An HTTP
// API joins the lines with a comma, which no token contains.
func readBearer(lines []string) (token string, refusal *answer) {
	sent := authorizations(lines)
	if len(sent) > 1 {
		return "", refuseBearer(challengeOfBadToken, "Authorization cannot be sent more than once: send one access token.")
	}
	if len(sent) == 0 {
		return "", refuseBearer(challenge, "The request has no access token: send Authorization with Bearer, a space and a token of POST /Token.")
	}
	scheme, token, _ := strings.Cut(sent[0], " ")
	switch token = strings.TrimLeft(token, " "); {
	case !strings.EqualFold(scheme, "Bearer"):
		return "", refuseBearer(challenge, "Authorization must be Bearer, a space and a token of POST /Token: it has another scheme.")
	case token == "":
		return "", refuseBearer(challenge, "Authorization must be Bearer, a space and a token of POST /Token: it has no token.")
	}
	return token, nil
}

func refuseBearer(challenge, reason string) *answer {
	ans := failAuthentication(&task.Error{Code: task.CodeUnauthorized, Reason: reason}, challenge)
	return &ans
}
