// Package telemetry owns what an operator sees of a function: one log record and one set of CloudWatch metrics
// for each piece of work, and the trace id in every record.
//
// It is told operations and outcomes in words of the domain, and must know neither HTTP nor what a request says.
package telemetry
