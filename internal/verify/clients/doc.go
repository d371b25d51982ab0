// Package clients runs programs that use other platforms' libraries against the local stack, as integrators do. The
// programs are in folders named by their platform; the first clients are in internal/openapi/quickstart, and those of
// generated classes in the folder generated. Its tests have the build tags clients, dotnet, oauth and quickstarts: `make
// test-clients`, `make test-dotnet`, `make test-oauth` and `make test-quickstarts` install what they need.
package clients
