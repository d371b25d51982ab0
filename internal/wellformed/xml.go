package wellformed

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode/utf8"
)

// XML reports whether text is exactly one XML 1.0 document without a document type definition: one root,
// matching tags, unique attributes, declared prefixes, no character that XML cannot carry. Names are those of
// XML's fifth edition. A byte order mark at the start is allowed. The encoding that a declaration names is
// ignored, because the text is decoded already.
func XML(text string) error {
	return WalkXML(strings.TrimPrefix(text, "\ufeff"), math.MaxInt, ignoreAll{})
}

// ErrDepth tells that a document has more elements open at once than allowed.
var ErrDepth = errors.New("it is nested too deep")

// Visitor sees the parts of a document in their order, each as soon as it is checked.
type Visitor interface {
	// Declaration is called with the encoding that the XML declaration names, as written; empty where it names none.
	Declaration(encoding string)
	// Start is called for a start tag. The attributes are valid until the method returns.
	Start(name Name, attributes []Attribute)
	// End is called for the end of the element that was opened last, also of an empty-element tag.
	End()
	// Text is called with character data, with references and line ends resolved; a CDATA section is text too.
	Text(text string)
	Comment()
	// Instruction tells of a processing instruction.
	Instruction()
}

// Name is an expanded name: a local name in a namespace, which is empty for none.
type Name struct{ Space, Local string }

// Attribute is an attribute with its expanded name. Namespace declarations are among the attributes, with the
// prefix xmlns in the place of a namespace.
type Attribute struct {
	Name  Name
	Value string
}

// WalkXML is XML for a document in which at most depth elements may be open at once, and shows its parts to
// the visitor. Beyond the depth the error is ErrDepth, and the rest is not read. What the visitor saw belongs
// to a well-formed document only if the error is nil. The cost is linear in the text, whatever the text says.
func WalkXML(text string, depth int, visitor Visitor) error {
	if !utf8.ValidString(text) {
		return errUTF8
	}
	if r, found := ForbiddenInXML(text); found {
		return fmt.Errorf("it contains the character U+%04X", r)
	}
	scanner := xmlScanner{text: text, depth: depth, visitor: visitor}
	return scanner.document()
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

// ReplaceForbiddenInXML replaces every character that XML 1.0 cannot carry by U+FFFD.
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

// ignoreAll is a visitor for callers that only ask whether a document is well formed.
type ignoreAll struct{}

func (ignoreAll) Declaration(string)      {}
func (ignoreAll) Start(Name, []Attribute) {}
func (ignoreAll) End()                    {}
func (ignoreAll) Text(string)             {}
func (ignoreAll) Comment()                {}
func (ignoreAll) Instruction()            {}
