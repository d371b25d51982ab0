// Package document reads the OpenAPI document into what the reference page shows: operations in their order, with examples
// as text, and shapes with their fields. It reads what the document of this service uses, not all of OpenAPI.
package document
