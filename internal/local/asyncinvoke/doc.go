// Package asyncinvoke invokes functions the way AWS Lambda does for callers that
// do not wait: it owns the retries of events that a function failed to handle.
//
// It must not know who sends events or how functions run: both come in.
package asyncinvoke
