package wellformed_test

import (
	"encoding/xml"
	"io"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"accounttasks/internal/observed"
	"accounttasks/internal/wellformed"
)

// FuzzXML has what the check accepts read by encoding/xml to its end, which must see the same tokens.
func FuzzXML(f *testing.F) {
	for _, r := range observed.Requests(f) {
		f.Add(string(r.Body))
	}
	for _, text := range []string{
		`<?xml version="1.0" encoding="utf-16" standalone="no"?><a b="&#x41;" xml:lang='de'/>`,
		`<p:a xmlns:p="u" xmlns="v"><b p:c="1" c="1"><![CDATA[]]]]>&#10;</b><?p x?></p:a><!-- - -->`,
		`<a xmlns:p="u"><b xmlns:p="v"><p:c/></b><p:d/></a>`, `<é>😀</é>`,
		`<!DOCTYPE a [<!ENTITY x "y"><!ENTITY z SYSTEM "file:///etc/passwd">]><a>&x;&z;</a>`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var shown []xml.Token
		err := wellformed.XMLTokens(text, math.MaxInt, func(token xml.Token) { shown = append(shown, xml.CopyToken(token)) })
		if err != nil {
			checkPhrase(t, err)
			return
		}
		if !utf8.ValidString(text) {
			t.Error("accepted, but it is not UTF-8")
		}
		depth := checkTokens(t, text, shown)
		if err := wellformed.XMLWithin(text, depth); err != nil {
			t.Errorf("at most %d elements are open: %v", depth, err)
		}
		if err := wellformed.XMLWithin(text, depth-1); err != wellformed.ErrDepth {
			t.Errorf("%d elements are open within %d: %v", depth, depth-1, err)
		}
	})
}

// checkTokens reads a document with encoding/xml, which must find no fault and what was shown, and tells its depth.
func checkTokens(t *testing.T, text string, shown []xml.Token) (deepest int) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	roots, depth := 0, 0
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatalf("accepted, but encoding/xml finds: %v", err)
		}
		if len(shown) == 0 || !reflect.DeepEqual(shown[0], token) {
			t.Fatalf("shown was %v, encoding/xml reads %#v", shown, token)
		}
		shown = shown[1:]
		switch read := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
			deepest = max(deepest, depth)
			checkAttributes(t, read)
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && strings.Trim(string(read), " \t\r\n") != "" {
				t.Errorf("%q stands outside the root", read)
			}
		case xml.Directive:
			t.Errorf("the directive %q was accepted", read)
		}
	}
	if roots != 1 || depth != 0 {
		t.Errorf("%d roots, %d elements left open", roots, depth)
	}
	return deepest
}

// checkAttributes tells whether an element has each attribute once, by expanded name.
func checkAttributes(t *testing.T, start xml.StartElement) {
	t.Helper()
	seen := map[xml.Name]bool{}
	for _, attribute := range start.Attr {
		if seen[attribute.Name] {
			t.Errorf("<%s> has %v twice", start.Name.Local, attribute.Name)
		}
		seen[attribute.Name] = true
	}
}
