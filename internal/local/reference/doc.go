// Package reference serves the API's reference: a page that leads through the API, shows the OpenAPI document with each
// request in several languages, and sends requests. It serves the document, the XML schema, the first clients and the page
// for clients of the original too.
//
// The page is written on the server, from the embedded document and the templates in the folder page. Its scripts are
// modules without dependencies, so that nothing is built, the page needs no other host, and its policy allows no inline
// script or style. The package is only for the local stack and must not become part of a function.
package reference
