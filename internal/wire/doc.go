// Package wire owns the formats of the published contract: it reads requests from JSON, XML and form bodies as the
// original binds them (contract section 4), chooses the format of the answer as the original does, and writes the
// published envelope (section 2).
//
// It must not know rules, routes, accounts or storage.
package wire
