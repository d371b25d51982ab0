// Package clients runs programs that use other platforms' libraries against the local stack, as integrators do. The
// programs are in folders named by their platform; the first clients are in internal/openapi/quickstart. Its tests have
// the build tags dotnet, oauth and quickstarts: `make test-dotnet`, `make test-oauth` and `make test-quickstarts` install
// what they need.
package clients
