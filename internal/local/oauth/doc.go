// Package oauth is the local stand-in for the OAuth 2.0 server that issues the
// API's tokens: it owns the signing key and the token endpoint for the client
// credentials grant (RFC 6749, section 4.4).
//
// It must not know the API that takes its tokens: whoever verifies them gets the
// public key and decides alone.
package oauth
