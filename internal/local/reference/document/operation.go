package document

import (
	"slices"
	"strings"
)

// Operation is an operation with everything that it inherits from its path.
type Operation struct {
	ID, Tag, Method, Path, Summary, Description string
	// Scopes are those that the token must have. An operation without any needs no token.
	Scopes     []string
	Parameters []Parameter
	// Bodies are the request's media types, in their order; none if the operation takes no body.
	Bodies    []Content
	Responses []Response
}

// Parameter is a parameter of the path, the query or the headers.
type Parameter struct {
	Name, In, Type, Description, Example string
	Required                             bool
	// Choices are the values that the parameter can have, if they are few.
	Choices []string
}

// Response is an answer with one status.
type Response struct {
	Status, Description string
	Headers             []Header
	Contents            []Content
}

// Header is a header of an answer.
type Header struct{ Name, Description, Example string }

// Content is a body in one media type.
type Content struct {
	MediaType string
	// Shape is the name of the body's shape.
	Shape    string
	Examples []Example
}

// Example is a body.
type Example struct{ Summary, Text string }

var methods = []string{"get", "head", "post", "put", "delete"}

func operations(root node) []Operation {
	var operations []Operation
	for _, path := range root.at("paths").members() {
		for _, operation := range path.value.members() {
			if slices.Contains(methods, operation.name) {
				operations = append(operations, readOperation(path, operation))
			}
		}
	}
	return operations
}

func readOperation(path, operation member) Operation {
	n := operation.value
	o := Operation{
		ID: n.at("operationId").text(), Method: strings.ToUpper(operation.name), Path: path.name,
		Summary: n.at("summary").text(), Description: n.at("description").text(),
	}
	if tags := n.at("tags").texts(); len(tags) > 0 {
		o.Tag = tags[0]
	}
	for _, security := range n.at("security").items() {
		for _, scheme := range security.members() {
			o.Scopes = append(o.Scopes, scheme.value.texts()...)
		}
	}
	for _, p := range append(path.value.at("parameters").items(), n.at("parameters").items()...) {
		o.Parameters = append(o.Parameters, readParameter(p))
	}
	o.Bodies = contents(n.at("requestBody", "content"))
	for _, response := range n.at("responses").members() {
		o.Responses = append(o.Responses, readResponse(response))
	}
	return o
}

func readParameter(n node) Parameter {
	p := Parameter{
		Name: n.at("name").text(), In: n.at("in").text(), Description: n.at("description").text(),
		Required: n.at("required").text() == "true", Type: typeOf(n.at("schema")), Example: n.at("example").text(),
		Choices: n.at("schema", "enum").texts(),
	}
	if p.Type == "boolean" {
		p.Choices = []string{"true", "false"}
	}
	return p
}

func readResponse(response member) Response {
	r := Response{
		Status: response.name, Description: response.value.at("description").text(),
		Contents: contents(response.value.at("content")),
	}
	for _, header := range response.value.at("headers").members() {
		r.Headers = append(r.Headers, Header{
			Name: header.name, Description: header.value.at("description").text(), Example: header.value.at("example").text(),
		})
	}
	return r
}

// contents leaves out the media types that mean the same as another one.
func contents(content node) []Content {
	var contents []Content
	for _, media := range content.members() {
		if strings.HasPrefix(media.name, "text/") {
			continue
		}
		c := Content{MediaType: media.name, Shape: shapeOf(media.value.at("schema"))}
		for _, example := range media.value.at("examples").members() {
			c.Examples = append(c.Examples, Example{
				Summary: example.value.at("summary").text(), Text: exampleText(media.name, example.value.at("value")),
			})
		}
		contents = append(contents, c)
	}
	return contents
}
