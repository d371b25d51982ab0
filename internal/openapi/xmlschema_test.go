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

// TestXMLSchemaHasTheDocumentsMembers holds the two descriptions against each other: every object of the
// document is a type of the XML schema, with an element for each of its members.
func TestXMLSchemaHasTheDocumentsMembers(t *testing.T) {
	types := schemaTypes(t)
	schemas := openapitest.Root(t).At("components", "schemas")
	for _, name := range []string{
		"AccountTaskUpdateRequest", "ResponseOfAccountTaskResponse", "Error", "ResponseData", "Identification", "AccountTaskResponse",
	} {
		var got []string
		for _, e := range slices.Concat(types[name].All, types[name].Sequence) {
			got = append(got, e.Name)
		}
		want := schemas.At(name, "properties").Names()
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s has the elements %q, in the document the members %q", name, got, want)
		}
	}
}
