// Package dynamo keeps tasks, the catalogue and clients in one DynamoDB table, and applies an update as one
// conditional UpdateItem.
//
// It owns the table's layout, the expressions and the register of write tokens. It knows nothing of HTTP.
//
// # The register of write tokens
//
// A retry after a lost answer meets its own first write. So every write carries a token, and a task keeps
// the tokens of its last four writes, W0 the newest, with the fingerprints F0 to F3 of what they did. A
// write whose token is among them is not applied again. The register moves on in the same UpdateItem: the
// right-hand sides of a SET see the item as it was. An attempt that is held back until four other writes of
// the task have been applied is beyond the register and is applied again.
package dynamo
