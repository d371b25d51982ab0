// Package samtemplate reads a SAM template the way the local stack needs it: it
// owns the parts of the SAM specification that say which functions run, with what
// settings, and which routes lead to them. The template is the only list of routes.
//
// It must not know how routes are served or functions run. What it cannot honour
// and a caller could notice is an error that names the construct, never silence.
package samtemplate
