// Package tokenclaims adds to a client's access token what the service needs to know of the client: the
// account it belongs to and the user it is bound to. It owns Amazon Cognito's pre-token-generation event,
// version 3, for client credentials.
//
// A client without a record gets no token. The package knows nothing of tasks and nothing of secrets:
// Cognito has checked the client's before it asks.
package tokenclaims
