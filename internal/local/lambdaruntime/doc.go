// Package lambdaruntime runs an unmodified function binary like AWS Lambda. It owns the function's processes, one
// Lambda Runtime API endpoint for each process, and the queue of invocations that wait for a free one.
//
// It must not know what an invocation's payload means, who sent it, or where the function keeps its data.
//
// Processes are not frozen between invocations, and memory is not limited, because there is no portable local way to do
// so.
package lambdaruntime
