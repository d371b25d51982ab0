// Package api owns the service as an http.Handler: routes, authentication, one file for each operation, and one table
// of errors with their statuses, their Retry-After and the sentences that name header fields (contract section 5, 10
// to 27, and its error table).
//
// It must not know API Gateway, Lambda or DynamoDB.
package api
