package openapi_test

import (
	"encoding/xml"
	"slices"
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

type element struct {
	Name string `xml:"name,attr"`
	Type string `xml:"type,attr"`
}

func schemaTypes(t *testing.T) map[string]schemaType {
	t.Helper()
	var schema struct {
		Simple  []schemaType `xml:"simpleType"`
		Complex []schemaType `xml:"complexType"`
	}
	if err := xml.Unmarshal(openapi.XMLSchema, &schema); err != nil {
		t.Fatal(err)
	}
	types := map[string]schemaType{}
	for _, declared := range slices.Concat(schema.Simple, schema.Complex) {
		types[declared.Name] = declared
	}
	return types
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
var notInXML = []string{"GatewayMessage", "TokenRequest", "TokenResponse", "TokenError"}

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
		for _, e := range slices.Concat(types[name].All, types[name].Sequence) {
			got = append(got, e.Name)
		}
		want := properties.Names()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the elements %q, in the document the members %q", name, got, want)
		}
	}
}

// TestXMLSchemaHasEveryRoot has a global element for each request and each answer.
func TestXMLSchemaHasEveryRoot(t *testing.T) {
	var schema struct {
		Elements []element `xml:"element"`
	}
	if err := xml.Unmarshal(openapi.XMLSchema, &schema); err != nil {
		t.Fatal(err)
	}
	var got, want []string
	for _, e := range schema.Elements {
		got = append(got, e.Name)
	}
	for name, documented := range openapitest.Root(t).At("components", "schemas").Members() {
		if root, hasRoot := documented.Members()["xml"]; hasRoot {
			want = append(want, root.At("name").Text())
			if root.At("name").Text() != name {
				t.Errorf("the schema %s has the root %s", name, root.At("name").Text())
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the XML schema has the elements %q, the document the roots %q", got, want)
	}
}
