package oauth

import "net/http"

// tokenError is the failure document of RFC 6749, section 5.2, and its status.
type tokenError struct {
	status      int
	code        string
	description string
	challenge   bool
}

func badRequest(code, description string) *tokenError {
	return &tokenError{status: http.StatusBadRequest, code: code, description: description}
}

// invalidClient does not tell an unknown client from a wrong secret.
func invalidClient(usedBasic bool) *tokenError {
	return &tokenError{
		status: http.StatusUnauthorized, code: "invalid_client",
		description: "the client is unknown or its secret is wrong", challenge: usedBasic,
	}
}

func (e *tokenError) write(w http.ResponseWriter) {
	if e.challenge {
		w.Header().Set("WWW-Authenticate", `Basic realm="token"`)
	}
	if e.status == http.StatusMethodNotAllowed {
		w.Header().Set("Allow", http.MethodPost)
	}
	writeJSON(w, e.status, map[string]string{"error": e.code, "error_description": e.description})
}
