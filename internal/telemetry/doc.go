// Package telemetry is what an operator sees of the function: it measures the calls to the table, adds the
// trace id to every record of the log, and writes CloudWatch metrics in embedded metric format.
//
// It knows the shape of a request's record, and neither what a request says nor who sends it.
package telemetry
