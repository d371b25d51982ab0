// Package samtemplate reads a SAM template for the local stack. It owns the parts of the SAM specification that say
// which functions run, with which settings, and which routes lead to them. The template is the only list of routes.
//
// It must not know how routes are served or functions run. If it does not support a construct that a caller could
// notice, it returns an error that names the construct.
package samtemplate
