// Package client is the domain of callers: OAuth 2.0 clients, their secrets and their tokens (contract section 7).
//
// Only this package decides who a caller is: no other package calls task.NewCaller. It stores only hashes of secrets
// and tokens. No error contains a secret or a token, because errors are logged. It must not know HTTP or AWS.
package client
