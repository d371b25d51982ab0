package wire

import (
	"strconv"
	"strings"
)

// mediaType is one media type of a Content-Type or Accept header, in lower case, as the original's
// parser understands it: white space is allowed around every separator, a parameter may lack its value. Unlike
// there, a Content-Type may have empty parameters (RFC 9110, section 5.6.6; contract section 5.24).
type mediaType struct {
	kind, subtype string
	parameters    map[string]string
	quality       float64
}

// parseContentType reads a header that holds exactly one media type.
func parseContentType(header string) (m mediaType, ok bool) {
	s := scanner(header)
	if m, ok = s.mediaType(true); !ok || s != "" {
		return mediaType{}, false
	}
	return m, true
}

// parseAccept reads a list of media types. One bad element makes the whole list unreadable; empty
// elements are skipped.
func parseAccept(header string) []mediaType {
	var list []mediaType
	for s := scanner(header); ; {
		for s.take(',') {
		}
		if s == "" {
			return list
		}
		m, ok := s.mediaType(false)
		if !ok || s != "" && s[0] != ',' {
			return nil
		}
		list = append(list, m)
	}
}

// matches reports whether the media type kind/subtype is m or lies in the range m.
func (m mediaType) matches(kind, subtype string) bool {
	switch {
	case m.kind == "*":
		return m.subtype == "*"
	case m.subtype == "*":
		return m.kind == kind
	}
	return m.kind == kind && m.subtype == subtype
}

// qualityOf reads a q parameter. One that is not a number counts as missing, and a value above 1 is kept: both as
// in the original.
func qualityOf(text string) float64 {
	q, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "0123456789.") != "" {
		return 1
	}
	return q
}

// isAll reports whether this is the range of all media types.
func (m mediaType) isAll() bool { return m.kind == "*" && m.subtype == "*" }

// specificity orders */* before type/* before type/subtype.
func (m mediaType) specificity() int {
	switch {
	case m.isAll():
		return 0
	case m.subtype == "*":
		return 1
	}
	return 2
}

// scanner is the part of a header that is still to be read. It never begins with white space.
type scanner string

func (s *scanner) mediaType(emptyParameters bool) (m mediaType, ok bool) {
	s.skip()
	m.kind = strings.ToLower(s.token())
	if m.kind == "" || !s.take('/') {
		return m, false
	}
	if m.subtype = strings.ToLower(s.token()); m.subtype == "" {
		return m, false
	}
	for s.take(';') {
		if emptyParameters && (*s == "" || (*s)[0] == ';') {
			continue
		}
		if !s.parameter(&m) {
			return m, false
		}
	}
	m.quality = qualityOf(m.parameters["q"])
	return m, true
}

func (s *scanner) parameter(m *mediaType) bool {
	name := strings.ToLower(s.token())
	if name == "" {
		return false
	}
	value := ""
	if s.take('=') {
		if value = s.value(); value == "" {
			return false
		}
	}
	if m.parameters == nil {
		m.parameters = make(map[string]string)
	}
	if _, again := m.parameters[name]; !again {
		m.parameters[name] = value
	}
	return true
}

// value reads a token or a quoted string, which keeps its quotation marks.
func (s *scanner) value() string {
	if *s == "" || (*s)[0] != '"' {
		return s.token()
	}
	for i := 1; i < len(*s); i++ {
		switch (*s)[i] {
		case '\\':
			i++
		case '"':
			return s.cut(i + 1)
		}
	}
	return ""
}

// token reads a token of RFC 9110, section 5.6.2; it is empty where there is none.
func (s *scanner) token() string {
	end := 0
	for end < len(*s) && isTokenChar((*s)[end]) {
		end++
	}
	return s.cut(end)
}

func isTokenChar(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' ||
		strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// take reads the separator c if it is next.
func (s *scanner) take(c byte) bool {
	s.skip()
	if *s == "" || (*s)[0] != c {
		return false
	}
	s.cut(1)
	return true
}

func (s *scanner) cut(n int) string {
	text := string((*s)[:n])
	*s = (*s)[n:]
	s.skip()
	return text
}

func (s *scanner) skip() { *s = scanner(strings.TrimLeft(string(*s), " \t")) }
