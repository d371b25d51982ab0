// Package table gives the local stack its DynamoDB table: the embedded one, or one at an endpoint that the user names.
// It owns the rules for which tables may be changed, their credentials, and the creation of the table.
//
// It must not know what the items mean: internal/dynamo owns their keys, internal/local/demo their content.
package table
