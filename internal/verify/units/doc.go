// Package units counts the write units of DynamoDB that updates and runs cost, on the embedded table. COSTS.md has the
// numbers.
package units
