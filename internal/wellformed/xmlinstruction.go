package wellformed

import (
	"errors"
	"strings"
)

var (
	errInstructionName  = errors.New("it has a colon in the name of a processing instruction")
	errInstructionSpace = errors.New("it has a processing instruction with no space after its name")
	errXMLDeclaration   = errors.New("it has an XML declaration that is ill-formed or not at the very start")
)

// instruction reads a processing instruction, or the XML declaration at the very start.
func (s *xmlScanner) instruction() error {
	from := s.at - len("<?")
	target := s.text[s.at : s.at+nameLength(s.text[s.at:])]
	s.at += len(target)
	content, closed := s.until("?>")
	switch {
	case !closed:
		return errBreaksOff
	case target == "":
		return errSyntax
	case content != "" && !isSpace(content[0]):
		return errInstructionSpace
	case strings.Contains(target, ":"):
		return errInstructionName
	case !strings.EqualFold(target, "xml"):
		s.visitor.Instruction()
		return nil
	}
	encoding, ok := declaredEncoding(content)
	if !ok || target != "xml" || from > 0 {
		return errXMLDeclaration
	}
	s.visitor.Declaration(encoding)
	return nil
}

// declaredEncoding reads the content of an XML declaration (production 23): the version, which must be 1.0,
// then perhaps an encoding, then perhaps standalone.
func declaredEncoding(content string) (encoding string, ok bool) {
	d := xmlScanner{text: content}
	version, given := d.declared("version")
	if !given || version != "1.0" {
		return "", false
	}
	encoding, given = d.declared("encoding")
	if given && !isEncoding(encoding) {
		return "", false
	}
	if standalone, given := d.declared("standalone"); given && standalone != "yes" && standalone != "no" {
		return "", false
	}
	d.skipSpace()
	return encoding, d.at == len(content)
}

// declared takes what a declaration says of a name, if the name is next.
func (s *xmlScanner) declared(name string) (value string, given bool) {
	from := s.at
	if !s.skipSpace() || !s.skip(name) {
		s.at = from
		return "", false
	}
	value, err := s.attributeValue()
	return value, err == nil
}

// isEncoding is production 81: the name of an encoding.
func isEncoding(name string) bool {
	for i := range len(name) {
		c := name[i] | 0x20
		letter := c >= 'a' && c <= 'z'
		if !letter && (i == 0 || !strings.Contains("0123456789._-", name[i:i+1])) {
			return false
		}
	}
	return name != ""
}
