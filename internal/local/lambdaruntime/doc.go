// Package lambdaruntime runs an unmodified function binary the way AWS Lambda
// does: it owns the function's processes, one Lambda Runtime API endpoint for
// each of them, and the line in which invocations wait for a free one.
//
// It must not know what an invocation's payload means, who sent it, or where the
// function keeps its data: payloads and variables come in, bytes come out.
//
// Processes are not frozen between invocations and memory is not limited: those
// two properties of Lambda have no portable local counterpart.
package lambdaruntime
