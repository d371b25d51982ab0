package api

import (
	"fmt"
	"strings"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// formMediaType is the media type of a request for a token.
const formMediaType = "application/x-www-form-urlencoded"

// tokenBodyLimit is much larger than any valid request for a token.
const tokenBodyLimit = 64 << 10

func invalidTokenRequest(description string) error {
	return &client.OAuthError{Code: client.InvalidRequest, Description: description}
}

// readTokenRequest reads the form and the client's credentials, from the form or the Authorization header.
func readTokenRequest(c *call) (client.TokenRequest, error) {
	form, err := readTokenForm(c)
	if err != nil {
		return client.TokenRequest{}, err
	}
	request := client.TokenRequest{
		GrantType: form["grant_type"], Scope: form["scope"], RefreshToken: form["refresh_token"],
	}
	request.Credentials, err = readCredentials(c.Header.Values("Authorization"), form["client_id"], form["client_secret"])
	return request, err
}

// readTokenForm reads the parameters by their names in lower case. An empty parameter counts as left out (RFC 6749,
// section 3.2). The Content-Type may be left out too.
func readTokenForm(c *call) (map[string]string, error) {
	body, err := c.readBody()
	switch {
	case len(c.body.Bytes) > tokenBodyLimit:
		return nil, invalidTokenRequest(fmt.Sprintf("the body is too large: send at most %d bytes", tokenBodyLimit))
	case err != nil:
		return nil, invalidTokenRequest(task.AsError(err).Reason)
	}
	mediaType, _, _ := strings.Cut(body.ContentType, ";")
	mediaType = strings.TrimSpace(mediaType)
	if mediaType != "" && !strings.EqualFold(mediaType, formMediaType) {
		return nil, invalidTokenRequest("the body must be a form: send it with Content-Type " + formMediaType)
	}
	form := map[string]string{}
	for name, value := range wire.FormPairs(string(body.Bytes)) {
		name = strings.ToLower(name)
		if value == "" {
			continue
		}
		if form[name] != "" {
			return nil, invalidTokenRequest("a parameter is repeated: send each once")
		}
		form[name] = value
	}
	return form, nil
}
