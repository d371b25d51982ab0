// Package openapi holds the contract in the forms that programs read: the OpenAPI document of the service and
// the XML schema of its XML bodies. Tests hold both against the code.
//
// It is for callers, for tests and for the local stack. The function does not carry it.
package openapi

import (
	"bytes"
	_ "embed"
)

// Document is the OpenAPI 3.1 document, in YAML.
//
//go:embed openapi.yaml
var Document []byte

// Twin is the same document in OpenAPI 3.0, for tools that do not know 3.1. `make openapi-twin` makes it.
//
//go:embed openapi-3.0.yaml
var Twin []byte

// XMLSchema is the XML schema of the request and of the answer. The document refers to it by its name,
// accounttasks.xsd.
//
//go:embed accounttasks.xsd
var XMLSchema []byte

// defaultOrigin is the address of the service in the documents: that of the local stack.
const defaultOrigin = "http://127.0.0.1:3000"

// ServedFrom returns a document with another address of the service, such as http://127.0.0.1:3001.
func ServedFrom(document []byte, origin string) []byte {
	return bytes.ReplaceAll(document, []byte(defaultOrigin), []byte(origin))
}
