package wellformed

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// XML tells whether text is exactly one XML 1.0 document without a document type definition: one root,
// tags that match, unique attributes, declared prefixes, no character that XML cannot carry. The
// encoding that a declaration names is not looked at: the text is decoded already.
func XML(text string) error { return XMLWithin(text, math.MaxInt) }

// ErrDepth tells that a document has more elements open at once than it may.
var ErrDepth = errors.New("it is nested too deep")

// XMLWithin is XML for a document of which at most depth elements may be open at once. Where one more opens
// the error is ErrDepth, and what stands behind is not read.
func XMLWithin(text string, depth int) error { return XMLTokens(text, depth, func(xml.Token) {}) }

// XMLTokens is XMLWithin that shows each token as soon as it is checked, with the namespaces of its names in
// the place of their prefixes. A token is good until the next one. What was shown is of a well-formed document
// only if there is no error in the end.
func XMLTokens(text string, depth int, show func(xml.Token)) error {
	if !utf8.ValidString(text) {
		return errUTF8
	}
	if r, found := ForbiddenInXML(text); found {
		return fmt.Errorf("it contains the character U+%04X", r)
	}
	return (&xmlCheck{text: text, depth: depth, show: show, scope: make(map[string][]string)}).document()
}

// ForbiddenInXML finds the first character of text that XML 1.0 cannot carry, not even as a reference.
func ForbiddenInXML(text string) (r rune, found bool) {
	for _, r := range text {
		if !isXMLChar(r) {
			return r, true
		}
	}
	return 0, false
}

// ReplaceForbiddenInXML puts U+FFFD in the place of every character that XML 1.0 cannot carry.
func ReplaceForbiddenInXML(text string) string {
	return strings.Map(func(r rune) rune {
		if !isXMLChar(r) {
			return utf8.RuneError
		}
		return r
	}, text)
}

// isXMLChar is production 2 of XML 1.0.
func isXMLChar(r rune) bool {
	return r >= 0x20 && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// Declaration is production 23 of XML 1.0, less the versions that nobody can read. Its first group is the
// name of the encoding, in quotation marks. It is compiled when a document has a declaration: few have one,
// and a cold start should not wait for it.
var Declaration = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.0"|'1\.0')` +
		`(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*("[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?` +
		`(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>`)
})

// xmlCheck reads a document token by token. What encoding/xml checks is left to it; what it lets pass is
// checked here.
type xmlCheck struct {
	text   string
	depth  int // how many elements may be open
	show   func(xml.Token)
	from   int64 // where the token in hand begins
	open   []element
	scope  map[string][]string // the namespaces bound to a prefix, the one in force last; "" is the default one
	rooted bool
}

// element is an open element: its name as written and expanded, and the prefixes that it declares.
type element struct {
	name, expanded xml.Name
	prefixes       []string
}

func (c *xmlCheck) document() error {
	decoder := xml.NewDecoder(strings.NewReader(c.text))
	// Whatever encoding a declaration names: the text is decoded already.
	decoder.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	for {
		c.from = decoder.InputOffset()
		token, err := decoder.RawToken()
		if err == io.EOF {
			return c.end()
		}
		if err != nil {
			err = errSyntax
		} else {
			err = c.token(token, c.text[c.from:decoder.InputOffset()])
		}
		if err == ErrDepth {
			return err
		}
		if err != nil {
			return fmt.Errorf("%v at byte %d", err, c.from+1)
		}
	}
}

// errSyntax stands for what encoding/xml finds: its own words repeat the text.
var errSyntax = errors.New("it goes wrong")

func (c *xmlCheck) end() error {
	switch {
	case len(c.open) > 0:
		return errors.New("it breaks off before its end")
	case !c.rooted:
		return errors.New("it has no root element")
	}
	return nil
}

// token checks one token and shows it; raw is the text it was read from, empty for the end that encoding/xml
// adds to an empty-element tag.
func (c *xmlCheck) token(token xml.Token, raw string) (err error) {
	switch t := token.(type) {
	case xml.StartElement:
		token, err = c.start(t, raw)
	case xml.EndElement:
		token, err = c.close(t)
	case xml.CharData:
		if len(c.open) == 0 && strings.Trim(raw, " \t\r\n") != "" {
			return errors.New("it has text outside the root element")
		}
		err = references(raw)
	case xml.ProcInst:
		err = c.instruction(t, raw)
	case xml.Directive:
		return errors.New("it has a document type definition")
	}
	if err == nil {
		c.show(token)
	}
	return err
}

func (c *xmlCheck) instruction(t xml.ProcInst, raw string) error {
	if rest := raw[len("<?"+t.Target):]; rest != "?>" && !strings.ContainsAny(rest[:1], " \t\r\n") {
		return errors.New("it has a processing instruction with no space behind its name")
	}
	if !strings.EqualFold(t.Target, "xml") {
		if strings.Contains(t.Target, ":") {
			return errors.New("it has a colon in the name of a processing instruction")
		}
		return nil
	}
	if c.from > 0 || Declaration().FindString(c.text) != raw {
		return errors.New("it has an XML declaration that is ill-formed or not at the very start")
	}
	return nil
}

// start gives the element with its names expanded.
func (c *xmlCheck) start(t xml.StartElement, raw string) (expanded xml.StartElement, err error) {
	if len(c.open) == 0 && c.rooted {
		return t, errors.New("it has a second root element")
	}
	c.rooted = true
	if len(c.open) == c.depth {
		return t, ErrDepth
	}
	if !separated(raw) {
		return t, errors.New("it has attributes with no space between them")
	}
	if err := references(raw); err != nil {
		return t, err
	}
	opened := element{name: t.Name}
	for _, attribute := range t.Attr {
		prefix, declares, err := c.declare(attribute)
		if err != nil {
			return t, err
		}
		if declares {
			opened.prefixes = append(opened.prefixes, prefix)
		}
	}
	expanded, err = c.expandAll(t)
	opened.expanded = expanded.Name
	c.open = append(c.open, opened)
	return expanded, err
}

// close gives the end tag with its name expanded.
func (c *xmlCheck) close(t xml.EndElement) (expanded xml.EndElement, err error) {
	last := len(c.open) - 1
	if last < 0 || c.open[last].name != t.Name {
		return t, errors.New("it has an end tag that matches no start tag")
	}
	closed := c.open[last]
	for _, prefix := range closed.prefixes {
		bound := c.scope[prefix]
		c.scope[prefix] = bound[:len(bound)-1]
	}
	c.open = c.open[:last]
	return xml.EndElement{Name: closed.expanded}, nil
}
