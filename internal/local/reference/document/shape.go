package document

import (
	"slices"
	"strings"
)

// Shape is an object of the document's schemas.
type Shape struct {
	Name, Description string
	Fields            []Field
}

// Field is a member of a shape.
type Field struct {
	Name, Type, Description string
	// Shape is the name of the shape that the field, or each entry of it, has.
	Shape    string
	Required bool
	// Choices are the members of an enumeration.
	Choices []string
}

// shapes are the schemas with members.
func shapes(root node) []Shape {
	var shapes []Shape
	for _, schema := range root.at("components", "schemas").members() {
		if !schema.value.at("properties").exists() {
			continue
		}
		shape := Shape{Name: schema.name, Description: schema.value.at("description").text()}
		required := schema.value.at("required").texts()
		for _, property := range schema.value.at("properties").members() {
			shape.Fields = append(shape.Fields, readField(property, slices.Contains(required, property.name)))
		}
		shapes = append(shapes, shape)
	}
	return shapes
}

func readField(property member, required bool) Field {
	f := Field{
		Name: property.name, Description: property.value.at("description").text(), Required: required,
		Type: typeOf(property.value), Choices: property.value.at("enum").texts(),
	}
	if f.Shape = shapeOf(property.value); f.Shape == "" {
		f.Shape = shapeOf(property.value.at("items"))
	}
	return f
}

// shapeOf is the name of the shape that a schema, or the first of its alternatives that has one, describes.
func shapeOf(schema node) string {
	for _, candidate := range append([]node{schema}, alternatives(schema)...) {
		if candidate.at("properties").exists() {
			return candidate.name
		}
	}
	return ""
}

// alternatives are the schemas of which a value has one or all.
func alternatives(schema node) []node {
	return slices.Concat(schema.at("oneOf").items(), schema.at("anyOf").items(), schema.at("allOf").items())
}

// words are types in the words of the contract.
var words = map[string]string{"string": "text", "integer": "number", "array": "list"}

// typeOf says in words what a schema's values are.
func typeOf(schema node) string {
	if schemas := alternatives(schema); len(schemas) > 0 && !schema.at("type").exists() {
		return joined(schemas)
	}
	if !schema.at("type").exists() && schema.at("properties").exists() {
		return schema.name
	}
	var names []string
	for _, name := range schema.at("type").texts() {
		switch {
		case name == "string" && schema.at("format").text() == "uuid":
			name = "GUID"
		case name == "string" && schema.at("format").text() == "date-time":
			name = "date and time"
		case name == "object" && schema.name != "":
			name = schema.name
		case name == "array":
			name = "list of " + typeOf(schema.at("items"))
		case words[name] != "":
			name = words[name]
		}
		names = append(names, name)
	}
	return strings.Join(names, " or ")
}

// joined names the different types of schemas.
func joined(schemas []node) string {
	var names []string
	for _, s := range schemas {
		if name := typeOf(s); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " or ")
}
