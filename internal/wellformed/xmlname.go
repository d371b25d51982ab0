package wellformed

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

var errColon = errors.New("it has a name with a misplaced colon")

// qualified is a name as written: a local name that may have a prefix.
type qualified struct{ written, prefix, local string }

// name takes a name with at most one colon, inside it (Namespaces in XML 1.0, production 7).
func (s *xmlScanner) name() (q qualified, err error) {
	rest := s.text[s.at:]
	length := nameLength(rest)
	if length == 0 {
		if rest == "" {
			return q, errBreaksOff
		}
		return q, errSyntax
	}
	s.at += length
	q.written = rest[:length]
	prefix, local, found := strings.Cut(q.written, ":")
	if !found {
		q.local = q.written
		return q, nil
	}
	if prefix == "" || strings.Contains(local, ":") || nameLength(local) == 0 {
		return q, errColon
	}
	q.prefix, q.local = prefix, local
	return q, nil
}

// nameLength is the length of the name that text begins with (XML 1.0, fifth edition, production 5), or 0.
func nameLength(text string) int {
	for i, r := range text {
		if !isNameStart(r) && (i == 0 || !isNameRest(r)) {
			return i
		}
	}
	return len(text)
}

// isNameStart is production 4 of XML 1.0, fifth edition.
func isNameStart(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == ':'
	}
	return unicode.Is(nameStart, r)
}

// isNameRest tells what a name may contain after its start, besides what may start it (production 4a).
func isNameRest(r rune) bool {
	return r >= '0' && r <= '9' || r == '-' || r == '.' || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

var nameStart = &unicode.RangeTable{
	R16: []unicode.Range16{
		{Lo: 0xC0, Hi: 0xD6, Stride: 1}, {Lo: 0xD8, Hi: 0xF6, Stride: 1}, {Lo: 0xF8, Hi: 0x2FF, Stride: 1},
		{Lo: 0x370, Hi: 0x37D, Stride: 1}, {Lo: 0x37F, Hi: 0x1FFF, Stride: 1}, {Lo: 0x200C, Hi: 0x200D, Stride: 1},
		{Lo: 0x2070, Hi: 0x218F, Stride: 1}, {Lo: 0x2C00, Hi: 0x2FEF, Stride: 1}, {Lo: 0x3001, Hi: 0xD7FF, Stride: 1},
		{Lo: 0xF900, Hi: 0xFDCF, Stride: 1}, {Lo: 0xFDF0, Hi: 0xFFFD, Stride: 1},
	},
	R32:         []unicode.Range32{{Lo: 0x10000, Hi: 0xEFFFF, Stride: 1}},
	LatinOffset: 2,
}
