// Package reference serves the API's reference for people: a page that shows the OpenAPI document and lets its
// operations be tried, with the document and the XML schema beside it.
//
// Everything comes from this program, the renderer included: the page asks no other host for anything. It is
// the local stack's alone and must not become part of the function.
package reference
