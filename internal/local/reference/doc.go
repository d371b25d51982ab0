// Package reference serves the API's reference: a page that shows the OpenAPI document and can send requests, with the
// document and the XML schema.
//
// This program serves everything, including the renderer, so that the page needs no other host. The package is only for
// the local stack and must not become part of the function.
package reference
