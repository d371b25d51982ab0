package wellformed

import "strings"

func (s *xmlScanner) startTag() error {
	if len(s.open) == 0 && s.rooted {
		return errSecondRoot
	}
	s.rooted = true
	if len(s.open) == s.depth {
		return ErrDepth
	}
	name, err := s.name()
	if err != nil {
		return err
	}
	empty, err := s.tagAttributes()
	if err != nil {
		return err
	}
	s.open = append(s.open, openElement{name.written, len(s.scope.declared)})
	expanded, err := s.expand(name)
	if err != nil {
		return err
	}
	s.visitor.Start(expanded, s.attributes)
	if empty {
		s.close()
	}
	return nil
}

// tagAttributes reads what follows the name in a start tag, and reports whether it is an empty-element tag.
func (s *xmlScanner) tagAttributes() (empty bool, err error) {
	s.attributes = s.attributes[:0]
	for {
		spaced := s.skipSpace()
		switch {
		case s.at == len(s.text):
			return false, errBreaksOff
		case s.skip(">"):
			return false, nil
		case s.skip("/>"):
			return true, nil
		case !spaced && len(s.attributes) > 0:
			return false, errUnseparated
		case !spaced:
			return false, errSyntax
		}
		attribute, err := s.attribute()
		if err != nil {
			return false, err
		}
		s.attributes = append(s.attributes, attribute)
	}
}

// attribute reads an attribute. Until expandAttributes its name has the prefix in the place of the namespace.
func (s *xmlScanner) attribute() (a Attribute, err error) {
	name, err := s.name()
	if err != nil {
		return a, err
	}
	value, err := s.attributeValue()
	return Attribute{Name{name.prefix, name.local}, value}, err
}

func (s *xmlScanner) attributeValue() (string, error) {
	s.skipSpace()
	if s.at < len(s.text) && !s.skip("=") {
		return "", errSyntax
	}
	s.skipSpace()
	if s.at == len(s.text) {
		return "", errBreaksOff
	}
	quote := s.text[s.at : s.at+1]
	if quote != `"` && quote != "'" {
		return "", errSyntax
	}
	s.at++
	raw, closed := s.until(quote)
	switch {
	case !closed:
		return "", errBreaksOff
	case strings.IndexByte(raw, '<') >= 0:
		return "", errSyntax
	}
	return resolveValue(raw)
}

func (s *xmlScanner) endTag() error {
	name, err := s.name()
	if err != nil {
		return err
	}
	s.skipSpace()
	switch {
	case s.at == len(s.text):
		return errBreaksOff
	case !s.skip(">"):
		return errSyntax
	case len(s.open) == 0 || s.open[len(s.open)-1].written != name.written:
		return errEndTag
	}
	s.close()
	return nil
}

// close ends the element that was opened last, and with it the declarations in its start tag.
func (s *xmlScanner) close() {
	last := len(s.open) - 1
	s.scope.leave(s.open[last].declared)
	s.open = s.open[:last]
	s.visitor.End()
}
