package openapi_test

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi"
	"accounttasks/internal/openapi/openapitest"
)

// schemaType is a type of the XML schema with what it lists: values, or elements in their order.
type schemaType struct {
	Name   string `xml:"name,attr"`
	Values []struct {
		Value string `xml:"value,attr"`
	} `xml:"restriction>enumeration"`
	All      []element `xml:"all>element"`
	Sequence []element `xml:"sequence>element"`
}

func (s schemaType) elements() []element { return slices.Concat(s.All, s.Sequence) }

// element is an element of the XML schema. Anonymous is its own type, if it refers to none.
type element struct {
	Name      string      `xml:"name,attr"`
	Type      string      `xml:"type,attr"`
	Nillable  bool        `xml:"nillable,attr"`
	MinOccurs string      `xml:"minOccurs,attr"`
	Anonymous *schemaType `xml:"complexType"`
}

// xmlSchema is the whole XML schema: the root elements, and the types that have names.
type xmlSchema struct {
	Roots   []element    `xml:"element"`
	Simple  []schemaType `xml:"simpleType"`
	Complex []schemaType `xml:"complexType"`
}

func parseXMLSchema(t *testing.T) xmlSchema {
	t.Helper()
	var schema xmlSchema
	if err := xml.Unmarshal(openapi.XMLSchema, &schema); err != nil {
		t.Fatal(err)
	}
	return schema
}

// schemaTypes returns all types by name. The anonymous type of a root element has the name of the element.
func schemaTypes(t *testing.T) map[string]schemaType {
	t.Helper()
	schema, types := parseXMLSchema(t), map[string]schemaType{}
	for _, declared := range slices.Concat(schema.Simple, schema.Complex) {
		types[declared.Name] = declared
	}
	for _, root := range schema.Roots {
		if root.Anonymous != nil {
			types[root.Name] = *root.Anonymous
		}
	}
	return types
}

// TestRootsOfTheXMLSchemaHaveAnonymousTypes checks what makes xjc give the classes of the roots their @XmlRootElement.
func TestRootsOfTheXMLSchemaHaveAnonymousTypes(t *testing.T) {
	for _, root := range parseXMLSchema(t).Roots {
		if root.Anonymous == nil || root.Type != "" {
			t.Errorf("the root %s has the type %q, want an anonymous one", root.Name, root.Type)
		}
	}
}

// TestElementsOfTheXMLSchemaAreNillableOrOptional checks what keeps generated classes from sending less than their
// callers have set: xsd.exe gives an optional value a second property that must be set too, and xjc wraps an element
// that is both in a JAXBElement. So no element is both, and none of a request is optional.
func TestElementsOfTheXMLSchemaAreNillableOrOptional(t *testing.T) {
	for name, declared := range schemaTypes(t) {
		_, isRequest := requests[name]
		for _, e := range declared.elements() {
			optional := e.MinOccurs == "0"
			if e.Nillable && optional {
				t.Errorf("%s/%s is both nillable and optional", name, e.Name)
			}
			if isRequest && optional {
				t.Errorf("%s/%s is optional, want nillable", name, e.Name)
			}
		}
	}
}

func TestXMLSchemaEnumerations(t *testing.T) {
	types := schemaTypes(t)
	for name, want := range enumerations(t) {
		var got []string
		for _, value := range types[name].Values {
			got = append(got, value.Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the XML schema lists %s as %q, the code as %q", name, got, want)
		}
	}
}

// notInXML are the objects of the document that are never in XML.
var notInXML = []string{
	"AccountTaskFields", "AccountTaskUpdateFields", "ClientFields", "TokenRequest", "TokenResponse", "TokenError",
}

// gatewayMember is the member of the gateway's own answers, which are always JSON.
const gatewayMember = "message"

// TestXMLSchemaHasTheDocumentsMembers holds the two descriptions against each other: every object of the
// document is a type of the XML schema, with an element for each of its members.
func TestXMLSchemaHasTheDocumentsMembers(t *testing.T) {
	types := schemaTypes(t)
	for name, schema := range openapitest.Root(t).At("components", "schemas").Members() {
		properties, isObject := schema.Members()["properties"]
		if !isObject || slices.Contains(notInXML, name) {
			continue
		}
		var got []string
		for _, e := range types[name].elements() {
			got = append(got, e.Name)
		}
		want := slices.DeleteFunc(properties.Names(), func(name string) bool { return name == gatewayMember })
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the elements %q, in the document the members %q", name, got, want)
		}
	}
}

// TestXMLSchemaHasEveryRoot has a global element for each request and each answer.
func TestXMLSchemaHasEveryRoot(t *testing.T) {
	var got, want []string
	for _, e := range parseXMLSchema(t).Roots {
		got = append(got, e.Name)
	}
	for name, documented := range openapitest.Root(t).At("components", "schemas").Members() {
		if isRoot(documented, name) {
			want = append(want, name)
			if root := documented.At("xml", "name").Text(); root != name {
				t.Errorf("the schema %s has the root %s", name, root)
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the XML schema has the elements %q, the document the roots %q", got, want)
	}
}

// isRoot reports whether a schema of the document is that of a whole body which can be XML.
func isRoot(schema openapitest.Node, name string) bool {
	if strings.HasSuffix(name, "Request") {
		return !slices.Contains(notInXML, name)
	}
	properties, isObject := schema.Members()["properties"]
	return isObject && slices.Contains(properties.Names(), "ResponseData")
}
