// Package snippet writes a request as a small program in each language of the first clients. The programs need nothing but
// the language (PHP needs its curl extension), and read the access token from the variable TOKEN.
package snippet

import (
	"embed"
	"strings"
	"text/template"
)

// Request is a request. Its body has no character that JSON, XML or a form would not have.
type Request struct {
	Method, URL string
	// Token says that the request has an access token.
	Token   bool
	Headers []Header
	Body    string
}

// Header is a header of a request.
type Header struct{ Name, Value string }

// Language is a language in which requests are written.
type Language struct {
	// ID is that of the language's first client.
	ID string
	// Name is the language's name for people.
	Name string
}

// Languages returns the languages, in the order of the first clients.
func Languages() []Language {
	return []Language{
		{"curl", "curl"}, {"csharp", "C#"}, {"php", "PHP"}, {"java", "Java"}, {"python", "Python"}, {"javascript", "JavaScript"}, {"go", "Go"},
	}
}

//go:embed templates
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"double":     doubleQuoted,
	"single":     singleQuoted,
	"shell":      shellQuoted,
	"verbatim":   verbatim,
	"textblock":  textBlock,
	"indent":     indent,
	"identifier": isIdentifier,
}).ParseFS(files, "templates/*.tmpl"))

// Write writes a request in the language with this ID, which must be one of Languages.
func Write(language string, r Request) string {
	var program strings.Builder
	if err := templates.ExecuteTemplate(&program, language+".tmpl", r); err != nil {
		panic("snippet: " + err.Error()) // a test writes a request in every language
	}
	return program.String()
}

// ContentType is the value of the request's header Content-Type.
func (r Request) ContentType() string {
	for _, h := range r.Headers {
		if h.Name == "Content-Type" {
			return h.Value
		}
	}
	return ""
}

// OtherHeaders are the headers without Content-Type.
func (r Request) OtherHeaders() []Header {
	var others []Header
	for _, h := range r.Headers {
		if h.Name != "Content-Type" {
			others = append(others, h)
		}
	}
	return others
}
