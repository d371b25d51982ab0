// Package table gives the local stack its DynamoDB table: the embedded one, or
// one at an endpoint that the user names. It owns the rules for what may be
// touched there, the credentials for it, and the creation of the table.
//
// It must not know what the items mean: their keys are internal/dynamo's, their
// content internal/local/demo's.
package table
