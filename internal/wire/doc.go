// Package wire is the published contract on the wire: it reads an update from JSON, XML or form bodies as
// the original binds them (contract section 4), chooses the format of the answer as the original does, and
// writes the published envelope (section 2).
//
// It knows what a field looks like in each format and nothing of rules, routes, accounts or storage.
package wire
