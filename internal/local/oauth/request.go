package oauth

import (
	"mime"
	"net/http"
	"net/url"
)

// maxFormBytes is far above any token request.
const maxFormBytes = 64 << 10

// tokenRequest is a well-formed request whose client is yet to be believed.
type tokenRequest struct {
	grantType, scope string
	clientID, secret string
	basic            bool // the client used HTTP Basic
}

// readRequest reads the form and the client's credentials from wherever the
// client put them.
func readRequest(r *http.Request) (tokenRequest, *tokenError) {
	form, failure := readForm(r)
	if failure != nil {
		return tokenRequest{}, failure
	}
	request := tokenRequest{
		grantType: form.Get("grant_type"), scope: form.Get("scope"),
		clientID: form.Get("client_id"), secret: form.Get("client_secret"),
	}
	if request.grantType == "" {
		return tokenRequest{}, badRequest("invalid_request", "grant_type is missing")
	}
	id, secret, basic := basicCredentials(r)
	if basic && form.Has("client_secret") {
		return tokenRequest{}, badRequest("invalid_request", "the client's secret is sent in two ways")
	}
	if basic {
		request.clientID, request.secret, request.basic = id, secret, true
	}
	return request, nil
}

// readForm accepts what RFC 6749 does: a form in the body, every field once.
func readForm(r *http.Request) (url.Values, *tokenError) {
	if r.Method != http.MethodPost {
		return nil, &tokenError{status: http.StatusMethodNotAllowed, code: "invalid_request", description: "the token endpoint takes POST"}
	}
	mediaType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if mediaType != "application/x-www-form-urlencoded" {
		return nil, badRequest("invalid_request", "the body must be application/x-www-form-urlencoded")
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxFormBytes)
	if err := r.ParseForm(); err != nil {
		return nil, badRequest("invalid_request", "the body is no form")
	}
	for name, values := range r.PostForm {
		if len(values) > 1 {
			return nil, badRequest("invalid_request", "a field is repeated: "+name)
		}
	}
	return r.PostForm, nil
}

// basicCredentials undoes the form encoding that RFC 6749, section 2.3.1, puts
// below HTTP Basic.
func basicCredentials(r *http.Request) (id, secret string, used bool) {
	rawID, rawSecret, used := r.BasicAuth()
	id, idErr := url.QueryUnescape(rawID)
	secret, secretErr := url.QueryUnescape(rawSecret)
	if idErr != nil || secretErr != nil {
		return "", "", used
	}
	return id, secret, used
}
