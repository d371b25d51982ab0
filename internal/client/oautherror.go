package client

// OAuthError is a refusal of the token endpoint, as in RFC 6749, section 5.2.
type OAuthError struct {
	Code OAuthCode
	// Description is for the developer of the client; it repeats nothing of the request.
	Description string
}

// OAuthCode is an error code of RFC 6749, section 5.2.
type OAuthCode string

// The error codes.
const (
	InvalidRequest       OAuthCode = "invalid_request"
	InvalidClient        OAuthCode = "invalid_client"
	InvalidGrant         OAuthCode = "invalid_grant"
	UnsupportedGrantType OAuthCode = "unsupported_grant_type"
	InvalidScope         OAuthCode = "invalid_scope"
)

// Error implements error.
func (e *OAuthError) Error() string { return string(e.Code) + ": " + e.Description }
