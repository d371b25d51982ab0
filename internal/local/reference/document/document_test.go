package document_test

import (
	"reflect"
	"testing"

	"accounttasks/internal/local/reference/document"
	"accounttasks/internal/openapi"
)

const small = `
info: {title: T, version: "1", summary: S, description: D}
tags: [{name: Things, description: All things}]
paths:
  /things/{id}:
    parameters:
      - {$ref: "#/components/parameters/id"}
    put:
      operationId: change
      tags: [Things]
      summary: Change
      security: [{OAuth: [write]}]
      parameters:
        - {name: dry, in: query, schema: {type: boolean}}
      requestBody:
        content:
          application/json:
            schema: {$ref: "#/components/schemas/Thing"}
            examples: {One: {$ref: "#/components/examples/One"}}
          text/json: {}
          application/x-www-form-urlencoded:
            examples: {One: {$ref: "#/components/examples/One"}}
          application/xml:
            examples: {One: {value: "<a />"}}
      responses:
        "200":
          description: Done
          headers: {ETag: {description: Version, example: '"1"'}}
          content: {application/json: {schema: {oneOf: [{$ref: "#/components/schemas/Thing"}, {type: "null"}]}}}
components:
  parameters:
    id: {name: id, in: path, required: true, schema: {type: string, format: uuid}, example: "1-2"}
  examples:
    One: {summary: First, value: {Name: "a b", On: true, Sizes: [1, 2], None: null, Day: 2026-06-04}}
  schemas:
    Thing:
      description: A thing
      required: [Name]
      properties:
        Name: {$ref: "#/components/schemas/Name", description: Its name}
        Parts: {type: array, items: {$ref: "#/components/schemas/Thing"}}
        When: {type: [string, "null"], format: date-time}
    Name: {type: string, description: A name, enum: [a, b]}
`

func parse(t *testing.T, text string) document.Document {
	t.Helper()
	d, err := document.Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func wantEqual(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestReadsAnOperation(t *testing.T) {
	d := parse(t, small)
	want := document.Operation{
		ID: "change", Tag: "Things", Method: "PUT", Path: "/things/{id}", Summary: "Change", Scopes: []string{"write"},
		Parameters: []document.Parameter{
			{Name: "id", In: "path", Type: "GUID", Example: "1-2", Required: true},
			{Name: "dry", In: "query", Type: "boolean", Choices: []string{"true", "false"}},
		},
		Bodies: []document.Content{
			{MediaType: "application/json", Shape: "Thing", Examples: []document.Example{{
				Summary: "First",
				Text:    "{\n  \"Name\": \"a b\",\n  \"On\": true,\n  \"Sizes\": [\n    1,\n    2\n  ],\n  \"None\": null,\n  \"Day\": \"2026-06-04\"\n}",
			}}},
			{MediaType: "application/x-www-form-urlencoded", Examples: []document.Example{{
				Summary: "First", Text: "Name=a+b&On=true&Sizes=&None=null&Day=2026-06-04",
			}}},
			{MediaType: "application/xml", Examples: []document.Example{{Text: "<a />"}}},
		},
		Responses: []document.Response{{
			Status: "200", Description: "Done",
			Headers:  []document.Header{{Name: "ETag", Description: "Version", Example: `"1"`}},
			Contents: []document.Content{{MediaType: "application/json", Shape: "Thing"}},
		}},
	}
	wantEqual(t, d.Groups, []document.Group{{Name: "Things", Description: "All things", Operations: []document.Operation{want}}})
}

// TestReadsShapes finds the schemas with members. A description beside a reference precedes that of its target.
func TestReadsShapes(t *testing.T) {
	wantEqual(t, parse(t, small).Shapes, []document.Shape{{
		Name: "Thing", Description: "A thing",
		Fields: []document.Field{
			{Name: "Name", Type: "text", Description: "Its name", Required: true, Choices: []string{"a", "b"}},
			{Name: "Parts", Type: "list of Thing", Shape: "Thing"},
			{Name: "When", Type: "date and time or null"},
		},
	}})
}

func TestRefusesWhatIsNoDocument(t *testing.T) {
	for _, text := range []string{"", "a: [", "# only a comment"} {
		if _, err := document.Parse([]byte(text)); err == nil {
			t.Errorf("%q is taken for a document", text)
		}
	}
}

// TestReadsTheDocumentOfTheService finds everything that the page needs of every operation.
func TestReadsTheDocumentOfTheService(t *testing.T) {
	d := parse(t, string(openapi.Document))
	if d.Title == "" || d.Version == "" || d.Summary == "" || d.Description == "" || len(d.Groups) == 0 || len(d.Shapes) == 0 {
		t.Error("the document lacks a title, a version, a summary, a description, tags or shapes")
	}
	for _, group := range d.Groups {
		if len(group.Operations) == 0 {
			t.Errorf("no operation has the tag %s", group.Name)
		}
		for _, o := range group.Operations {
			if o.ID == "" || o.Summary == "" || o.Description == "" || len(o.Responses) == 0 {
				t.Errorf("%s %s lacks an id, a summary, a description or answers", o.Method, o.Path)
			}
			for _, p := range o.Parameters {
				if (p.Required || p.Name == "Idempotency-Key") && p.Example == "" {
					t.Errorf("%s: the parameter %s has no example", o.ID, p.Name)
				}
			}
			for _, body := range o.Bodies {
				if len(body.Examples) == 0 {
					t.Errorf("%s: a body in %s has no example", o.ID, body.MediaType)
				}
			}
		}
	}
}
