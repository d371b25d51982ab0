// Package clients runs programs that use other platforms' libraries against the local stack, as integrators do. The
// programs are in folders named by their platform. Its tests have the build tags dotnet and oauth: `make
// test-dotnet` and `make test-oauth` install what they need.
package clients
