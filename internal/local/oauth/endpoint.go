package oauth

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// grantType is the only one the service is for.
const grantType = "client_credentials"

// tokenAnswer is the success document of RFC 6749, section 5.1.
type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"`
	ExpiresIn   int    `json:"expires_in"`
}

// ServeHTTP is the token endpoint.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// Answers hold credentials, or are about them.
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Pragma", "no-cache")
	answer, failure := i.answer(r)
	if failure != nil {
		failure.write(w)
		return
	}
	writeJSON(w, http.StatusOK, answer)
}

func (i *Issuer) answer(r *http.Request) (tokenAnswer, *tokenError) {
	request, failure := readRequest(r)
	if failure != nil {
		return tokenAnswer{}, failure
	}
	client, known := i.authenticate(request.clientID, request.secret)
	if !known {
		return tokenAnswer{}, invalidClient(request.basic)
	}
	if request.grantType != grantType {
		return tokenAnswer{}, badRequest("unsupported_grant_type", "grant_type must be "+grantType)
	}
	scope, failure := i.scope(request.scope)
	if failure != nil {
		return tokenAnswer{}, failure
	}
	token, err := i.sign(client, scope)
	if err != nil {
		return tokenAnswer{}, &tokenError{status: http.StatusInternalServerError, code: "server_error", description: "the token could not be signed"}
	}
	// A second less than the token lasts: by then it was on its way.
	return tokenAnswer{token, "bearer", int(tokenLifetime.Seconds()) - 1}, nil
}

// scope grants what is asked for, all of it or nothing.
func (i *Issuer) scope(asked string) (string, *tokenError) {
	scopes := strings.Fields(asked)
	if len(scopes) == 0 {
		return i.config.DefaultScope, nil
	}
	for _, scope := range scopes {
		if !slices.Contains(i.config.Scopes, scope) {
			return "", badRequest("invalid_scope", "the scopes are: "+strings.Join(i.config.Scopes, " "))
		}
	}
	return strings.Join(scopes, " "), nil
}

func writeJSON(w http.ResponseWriter, status int, document any) {
	w.Header().Set("Content-Type", "application/json;charset=UTF-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // a client that left is no error of ours
}
