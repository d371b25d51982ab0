// Package client is the domain of callers: OAuth 2.0 clients, their secrets and their tokens. It implements
// contract sections 3 (POST /Token) and 5.28.
//
// It alone decides who a caller is: task.NewCaller is called here and nowhere else. It stores secrets and
// tokens as hashes only, and neither is in an error, because errors are logged. It must not know HTTP
// or AWS.
package client
