// Package units counts the units of DynamoDB that updates, runs and reads cost, on the embedded table. COSTS.md has the
// numbers.
package units
