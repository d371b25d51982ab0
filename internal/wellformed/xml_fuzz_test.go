package wellformed_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"accounttasks/internal/verify/observed"
	"accounttasks/internal/wellformed"
)

// FuzzXML has encoding/xml read what the check accepts, to its end: it must see the same parts.
func FuzzXML(f *testing.F) {
	for _, r := range observed.Requests(f) {
		f.Add(string(r.Body))
	}
	for _, text := range []string{
		`<?xml version="1.0" encoding="utf-16" standalone="no"?><a b="&#x41;" xml:lang='de'/>`,
		`<p:a xmlns:p="u" xmlns="v"><b p:c="1" c="1"><![CDATA[]]]]>&#10;</b><?p x?></p:a><!-- - -->`,
		`<a xmlns:p="u"><b xmlns:p="v"><p:c/></b><p:d/></a>`, `<é>😀</é>`, "<a b='\r\n\t'>\r\n\r</a>",
		`<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]><a>&x;&z;</a>`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var seen recorder
		err := wellformed.WalkXML(text, math.MaxInt, &seen)
		if err != nil {
			checkPhrase(t, err)
			return
		}
		if !utf8.ValidString(text) {
			t.Error("accepted, but it is not UTF-8")
		}
		if hasOnlyOldNames(text) {
			if want := partsOf(t, text); !slices.Equal(seen.parts, want) {
				t.Errorf("the visitor saw %q,\nencoding/xml reads %q", seen.parts, want)
			}
		}
		if err := wellformed.WalkXML(text, seen.deepest, new(recorder)); err != nil {
			t.Errorf("at most %d elements are open: %v", seen.deepest, err)
		}
		if err := wellformed.WalkXML(text, seen.deepest-1, new(recorder)); err != wellformed.ErrDepth {
			t.Errorf("%d elements are open where %d may be: %v", seen.deepest, seen.deepest-1, err)
		}
	})
}

// hasOnlyOldNames reports whether encoding/xml, which knows the names of the fourth edition, can read the text.
func hasOnlyOldNames(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool {
		return r > unicode.MaxASCII && !unicode.Is(unicode.Latin, r)
	}) < 0
}

// recorder is a visitor that writes down what it sees.
type recorder struct {
	parts          []string
	depth, deepest int
}

func (r *recorder) add(format string, args ...any) {
	r.parts = append(r.parts, fmt.Sprintf(format, args...))
}

func (r *recorder) Declaration(string) { r.add("instruction") }

func (r *recorder) Instruction() { r.add("instruction") }

func (r *recorder) Comment() { r.add("comment") }

func (r *recorder) Text(text string) { r.add("text %q", text) }

func (r *recorder) Start(name wellformed.Name, attributes []wellformed.Attribute) {
	r.add("start %q", name)
	for _, a := range attributes {
		r.add("attribute %q %q", a.Name, spaces.Replace(a.Value))
	}
	r.depth++
	r.deepest = max(r.deepest, r.depth)
}

func (r *recorder) End() {
	r.add("end")
	r.depth--
}

// partsOf reads a document with encoding/xml, which must find no fault.
func partsOf(t *testing.T, text string) []string {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	var r recorder
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return r.parts
		}
		if err != nil {
			t.Fatalf("accepted, but encoding/xml finds: %v", err)
		}
		switch read := token.(type) {
		case xml.StartElement:
			r.Start(wellformed.Name(read.Name), attributesOf(read))
		case xml.EndElement:
			r.End()
		case xml.CharData:
			if r.depth > 0 {
				r.Text(string(read))
			}
		case xml.Comment:
			r.Comment()
		case xml.ProcInst:
			r.Instruction()
		case xml.Directive:
			t.Fatalf("the directive %q was accepted", read)
		}
	}
}

// attributesOf returns the attributes of a start tag as the visitor gets them.
func attributesOf(start xml.StartElement) []wellformed.Attribute {
	var attributes []wellformed.Attribute
	for _, a := range start.Attr {
		attributes = append(attributes, wellformed.Attribute{Name: wellformed.Name(a.Name), Value: a.Value})
	}
	return attributes
}

// spaces writes all white space as spaces: encoding/xml keeps line ends in attributes' values.
var spaces = strings.NewReplacer("\t", " ", "\r", " ", "\n", " ")
