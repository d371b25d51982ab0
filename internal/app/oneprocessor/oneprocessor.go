// Package oneprocessor limits a Lambda function to one processor. A process serves one request at a time. With a second
// processor the threads of the Go runtime look for work that is not there, which is a fifth of a request's CPU time.
//
// It does so in its initialisation, because that of the SDK is a quarter of a start's CPU time. Go initialises packages
// in the order of their import paths as far as their dependencies allow, and this one is the first: it depends on
// runtime and syscall alone.
package oneprocessor

import (
	"runtime"
	"syscall"
)

func init() {
	if _, inLambda := syscall.Getenv("AWS_LAMBDA_RUNTIME_API"); inLambda {
		runtime.GOMAXPROCS(1)
	}
}
