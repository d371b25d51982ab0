package reference

import (
	"html/template"
	"net/url"
	"strings"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/reference/document"
	"accounttasks/internal/local/reference/highlight"
	"accounttasks/internal/local/reference/snippet"
	"accounttasks/internal/openapi/original"
	"accounttasks/internal/openapi/quickstart"
)

// functions are those of the templates that depend on no view.
var functions = template.FuncMap{
	// brief is the first paragraph of a description, and rest is what follows it.
	"brief": func(description string) string {
		first, _, _ := strings.Cut(description, "\n\n")
		return first
	},
	"rest": func(description string) string {
		_, others, _ := strings.Cut(description, "\n\n")
		return others
	},
	// request says whether a shape is sent by clients.
	"request": func(shape string) bool {
		return strings.HasSuffix(shape, "Request") || strings.HasSuffix(shape, "Form")
	},
}

// view is what the templates show. Its methods write the parts that depend on the host that was called.
type view struct {
	document.Document
	// Origin is the scheme and the host that was called.
	Origin string
	Demo   demo.Client
	// Task is the ID of a task of the demo data.
	Task string
}

// Original is the page for clients of the original.
func (view) Original() template.HTML { return render(string(original.Page), 1) }

// operationView is an operation in a view.
type operationView struct {
	View      operationPart
	Operation document.Operation
}

// operationPart is a view of one operation.
type operationPart struct {
	view
	id string
}

// Field is the id of the form's field for a parameter.
func (p operationPart) Field(parameter string) string { return p.id + "-" + parameter }

// With is an operation in this view.
func (v view) With(o document.Operation) operationView {
	return operationView{View: operationPart{v, o.ID}, Operation: o}
}

// Short names a media type.
func (view) Short(mediaType string) string {
	switch mediaType {
	case "application/json":
		return "JSON"
	case "application/xml":
		return "XML"
	}
	return "Form"
}

// First are the first clients.
func (view) First() []quickstart.Program { return quickstart.Programs() }

// Languages are those in which requests are shown.
func (view) Languages() []snippet.Language { return snippet.Languages() }

// Code marks the parts of a source.
func (view) Code(language string, source any) template.HTML {
	switch s := source.(type) {
	case []byte:
		return highlight.HTML(language, string(s))
	default:
		return highlight.HTML(language, s.(string))
	}
}

// Text writes Markdown of the document as HTML.
func (view) Text(source string) template.HTML { return render(source, 2) }

// Format names the grammar of a media type.
func (view) Format(mediaType string) string {
	switch mediaType {
	case "application/json":
		return "json"
	case "application/xml":
		return "xml"
	}
	return "form"
}

// Snippet writes the operation's request in a language.
func (v view) Snippet(language string, o document.Operation) template.HTML {
	return highlight.HTML(language, snippet.Write(language, Request(v.Origin, o)))
}

// Request is the request of an operation with the examples of the document: the required parameters, the first body and,
// where the operation takes one, an Idempotency-Key.
func Request(origin string, o document.Operation) snippet.Request {
	r := snippet.Request{Method: o.Method, Token: len(o.Scopes) > 0}
	path, query := o.Path, url.Values{}
	for _, p := range o.Parameters {
		switch {
		case p.In == "path":
			path = strings.ReplaceAll(path, "{"+p.Name+"}", p.Example)
		case p.In == "query" && p.Required:
			query.Set(p.Name, p.Example)
		case p.Name == "Idempotency-Key":
			r.Headers = append(r.Headers, snippet.Header{Name: p.Name, Value: p.Example})
		}
	}
	if r.URL = origin + path; len(query) > 0 {
		r.URL += "?" + query.Encode()
	}
	if len(o.Bodies) > 0 && len(o.Bodies[0].Examples) > 0 {
		r.Headers = append(r.Headers, snippet.Header{Name: "Content-Type", Value: o.Bodies[0].MediaType})
		r.Body = o.Bodies[0].Examples[0].Text
	}
	return r
}
