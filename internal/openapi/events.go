package openapi

import "embed"

// EventSchemas has the JSON schemas of the details of the events on the bus (contract section 9), with examples, in the
// folder events.
//
//go:embed events/*.json
var EventSchemas embed.FS
