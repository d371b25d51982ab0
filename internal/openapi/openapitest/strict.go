package openapitest

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// gatewayStatuses are the statuses with which the gateway can refuse a request by itself. The service never sends the
// one that is gatewayOnly.
var gatewayStatuses = []string{"413", "429", gatewayOnly, "500", "503"}

const gatewayOnly = "431"

const schemasPath = "#/components/schemas/"

// part is an object of the document.
type part = map[string]any

// gatewayAnswer is the gateway's own answer.
var gatewayAnswer = part{
	"type": "object", "required": []any{"message"}, "additionalProperties": false,
	"properties": part{"message": part{"$ref": schemasPath + "GatewayMessage"}},
}

// strict returns the document with all that tests hold the answers to. The published document says some of it only in
// words, because generators make better clients of it: an answer has no other members than those listed, an envelope
// has all of its members, and an answer of the gateway has only its message.
func strict(document []byte) ([]byte, error) {
	var root part
	if err := yaml.Unmarshal(document, &root); err != nil {
		return nil, err
	}
	components := root["components"].(part)
	schemas := components["schemas"].(part)
	for name, schema := range schemas {
		if isAnswer(name) {
			closeObject(schema.(part))
		}
	}
	task := schemas["AccountTaskResponse"].(part)["properties"].(part)
	task["ContentType"].(part)["enum"] = []any{"application/json", "application/xml", nil}
	schemas["GatewayAnswer"] = gatewayAnswer
	for _, item := range root["paths"].(part) {
		for _, operation := range item.(part) {
			separateGatewayAnswers(operation.(part)["responses"].(part), components["responses"].(part))
		}
	}
	return yaml.Marshal(root)
}

func isAnswer(schema string) bool {
	return !strings.HasSuffix(schema, "Request") && !strings.HasSuffix(schema, "Fields")
}

// closeObject allows no other members than those listed. An object that can have the gateway's message loses it and
// must have all others.
func closeObject(schema part) {
	if schema["type"] != "object" {
		return
	}
	schema["additionalProperties"] = false
	properties, _ := schema["properties"].(part)
	if _, found := properties["message"]; !found {
		return
	}
	delete(properties, "message")
	var required []any
	for name := range properties {
		required = append(required, name)
	}
	schema["required"] = required
}

// separateGatewayAnswers lets an answer with one of the gateway's statuses be the gateway's own.
func separateGatewayAnswers(responses, shared part) {
	for status, described := range responses {
		if !slices.Contains(gatewayStatuses, status) {
			continue
		}
		response := described.(part)
		if reference, ok := response["$ref"].(string); ok {
			response = shared[reference[strings.LastIndex(reference, "/")+1:]].(part)
		}
		content, ok := response["content"].(part)
		if !ok {
			continue // an answer to HEAD
		}
		separateGatewayAnswer(status, content["application/json"].(part))
	}
}

func separateGatewayAnswer(status string, media part) {
	own := part{"$ref": schemasPath + "GatewayAnswer"}
	schema := media["schema"].(part)
	switch {
	case status == gatewayOnly:
		media["schema"] = own
	case schema["oneOf"] == nil:
		media["schema"] = part{"oneOf": []any{schema, own}}
	}
}
