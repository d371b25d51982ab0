// Package openapi holds the contract in the forms that programs read: the OpenAPI document of the service and
// the XML schema of its XML bodies. Tests hold both against the code.
//
// It is for callers, for tests and for the local stack. The function does not carry it.
package openapi

import _ "embed"

// Document is the OpenAPI document, in YAML.
//
//go:embed openapi.yaml
var Document []byte

// XMLSchema is the XML schema of the request and of the answer. The document refers to it by its name,
// accounttasks.xsd.
//
//go:embed accounttasks.xsd
var XMLSchema []byte
