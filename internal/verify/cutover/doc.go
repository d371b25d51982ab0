// Package cutover has what a rehearsal of a cut-over needs beside the project's own code: a made-up old platform with a
// calendar of its own, and a ledger of what should run and of who ran what. It knows nothing of this service but the
// files that the two platforms exchange.
package cutover
