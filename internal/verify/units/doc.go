// Package units counts the write units of DynamoDB that updates and runs cost, on the embedded table. OPERATIONS.md has
// the numbers.
package units
