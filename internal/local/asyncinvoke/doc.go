// Package asyncinvoke invokes functions like AWS Lambda for callers that do not wait. It owns the retries of events
// that a function failed to handle.
//
// It must not know who sends events or how functions run.
package asyncinvoke
