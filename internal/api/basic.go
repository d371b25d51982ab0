package api

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"accounttasks/internal/client"
)

// readCredentials returns the credentials of the client: the form's id and secret, or HTTP Basic. Basic has two
// readings: form-encoded, as RFC 6749, section 2.3.1, says, and unencoded, as most clients send it. Beside the form's
// credentials another scheme counts for nothing, as in the original: a client may send its last access token with every
// request.
func readCredentials(authorization []string, formID, formSecret string) ([]client.Credential, error) {
	sent := authorizations(authorization)
	if formID != "" && formSecret != "" {
		sent = slices.DeleteFunc(sent, func(value string) bool { return !isOfScheme(value, "Basic") })
	}
	if len(sent) > 1 {
		return nil, &client.OAuthError{Code: client.InvalidClient,
			Description: "Authorization cannot be sent more than once: send the client's id and secret in one"}
	}
	if len(sent) == 0 {
		if formID == "" || formSecret == "" {
			return nil, nil
		}
		return []client.Credential{{ClientID: formID, Secret: formSecret}}, nil
	}
	raw, ok := readBasic(sent[0])
	if !ok {
		return nil, &client.OAuthError{Code: client.InvalidClient,
			Description: "the Authorization header is not HTTP Basic with the client's id and secret"}
	}
	readings := []client.Credential{raw}
	if decoded, ok := formDecoded(raw); ok && decoded != raw {
		readings = []client.Credential{decoded, raw}
	}
	if formSecret != "" {
		return nil, invalidTokenRequest("the client authenticates itself in two ways: send its secret once")
	}
	if formID != "" {
		isOther := func(reading client.Credential) bool { return reading.ClientID != formID }
		readings = slices.DeleteFunc(readings, isOther)
	}
	if len(readings) == 0 {
		return nil, invalidTokenRequest("client_id is not the client that authenticates itself")
	}
	return readings, nil
}

// readBasic reads a value of the Authorization header (RFC 7617), with or without padding.
func readBasic(value string) (client.Credential, bool) {
	_, encoded, _ := strings.Cut(value, " ")
	encoded = strings.TrimRight(strings.TrimLeft(encoded, " "), "=")
	pair, err := base64.RawStdEncoding.DecodeString(encoded)
	id, secret, found := strings.Cut(string(pair), ":")
	if !isOfScheme(value, "Basic") || err != nil || !found || id == "" {
		return client.Credential{}, false
	}
	return client.Credential{ClientID: id, Secret: secret}, true
}

func formDecoded(raw client.Credential) (client.Credential, bool) {
	id, idErr := url.QueryUnescape(raw.ClientID)
	secret, secretErr := url.QueryUnescape(raw.Secret)
	return client.Credential{ClientID: id, Secret: secret}, idErr == nil && secretErr == nil
}
