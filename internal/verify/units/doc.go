// Package units counts what updates and runs cost in write units of DynamoDB, on the embedded table. OPERATIONS.md tells
// the operator.
package units
