package wellformed

import (
	"errors"
	"fmt"
	"strings"
)

// The phrases of the scanner. None repeats the text.
var (
	errSyntax      = errors.New("it has a syntax error")
	errBreaksOff   = errors.New("it ends too early")
	errNoRoot      = errors.New("it has no root element")
	errSecondRoot  = errors.New("it has a second root element")
	errOutside     = errors.New("it has text outside the root element")
	errDefinition  = errors.New("it has a document type definition")
	errEndTag      = errors.New("it has an end tag that matches no start tag")
	errUnseparated = errors.New("it has attributes with no space between them")
)

// xmlSpace is the white space of XML 1.0.
const xmlSpace = " \t\r\n"

// xmlScanner reads a document in one pass. It does not use encoding/xml, which lets ill-formed documents pass,
// knows only the names of the fourth edition, and copies all that it reads.
type xmlScanner struct {
	text    string
	at      int // the next byte to read
	depth   int // how many elements may be open
	visitor Visitor

	open       []openElement
	rooted     bool
	scope      scope
	attributes []Attribute // of the tag in hand
}

// openElement is an open element: its name as written, and how many prefixes were declared outside it.
type openElement struct {
	written  string
	declared int
}

func (s *xmlScanner) document() error {
	for s.at < len(s.text) {
		from := s.at
		err := s.part()
		if err == ErrDepth || err == errBreaksOff {
			return err
		}
		if err != nil {
			return fmt.Errorf("%v at byte %d", err, from+1)
		}
	}
	switch {
	case len(s.open) > 0:
		return errBreaksOff
	case !s.rooted:
		return errNoRoot
	}
	return nil
}

// part reads one tag, comment, instruction, section or run of text.
func (s *xmlScanner) part() error {
	switch {
	case s.text[s.at] != '<':
		return s.characters()
	case s.skip("</"):
		return s.endTag()
	case s.skip("<?"):
		return s.instruction()
	case s.skip("<!--"):
		return s.comment()
	case s.skip("<![CDATA["):
		return s.section()
	case s.skip("<!"):
		return errDefinition
	}
	s.at++
	return s.startTag()
}

func (s *xmlScanner) characters() error {
	raw := s.text[s.at:]
	if end := strings.IndexByte(raw, '<'); end >= 0 {
		raw = raw[:end]
	}
	s.at += len(raw)
	if len(s.open) == 0 {
		if strings.Trim(raw, xmlSpace) != "" {
			return errOutside
		}
		return nil
	}
	if strings.Contains(raw, "]]>") {
		return errSyntax
	}
	text, err := resolve(raw)
	if err == nil {
		s.visitor.Text(text)
	}
	return err
}

func (s *xmlScanner) section() error {
	raw, closed := s.until("]]>")
	switch {
	case len(s.open) == 0:
		return errOutside
	case !closed:
		return errBreaksOff
	}
	s.visitor.Text(lineFeeds(raw))
	return nil
}

func (s *xmlScanner) comment() error {
	_, closed := s.until("--")
	switch {
	case !closed:
		return errBreaksOff
	case !s.skip(">"):
		return errSyntax
	}
	s.visitor.Comment()
	return nil
}

// until takes the text before the end mark, and the mark.
func (s *xmlScanner) until(mark string) (before string, found bool) {
	before, _, found = strings.Cut(s.text[s.at:], mark)
	s.at += len(before)
	if found {
		s.at += len(mark)
	}
	return before, found
}

// skip takes the prefix if it is next.
func (s *xmlScanner) skip(prefix string) bool {
	if !strings.HasPrefix(s.text[s.at:], prefix) {
		return false
	}
	s.at += len(prefix)
	return true
}

// skipSpace takes white space and reports whether there was any.
func (s *xmlScanner) skipSpace() bool {
	from := s.at
	for s.at < len(s.text) && isSpace(s.text[s.at]) {
		s.at++
	}
	return s.at > from
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
