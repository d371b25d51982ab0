package wellformed

import (
	"errors"
	"strings"
	"unicode/utf16"
)

var errSurrogate = errors.New("it has a reference to half of a surrogate pair")

// resolve replaces the references and line ends in character data.
func resolve(raw string) (string, error) {
	raw = lineFeeds(raw)
	at := strings.IndexByte(raw, '&')
	if at < 0 {
		return raw, nil
	}
	var b strings.Builder
	b.Grow(len(raw))
	for ; at >= 0; at = strings.IndexByte(raw, '&') {
		b.WriteString(raw[:at])
		name, rest, closed := strings.Cut(raw[at+1:], ";")
		if !closed {
			return "", errSyntax
		}
		r, err := referenced(name)
		if err != nil {
			return "", err
		}
		b.WriteRune(r)
		raw = rest
	}
	b.WriteString(raw)
	return b.String(), nil
}

// resolveValue is resolve for an attribute's value, in which white space is written as spaces.
func resolveValue(raw string) (string, error) {
	if strings.ContainsAny(raw, "\t\r\n") {
		raw = strings.Map(func(r rune) rune {
			if r == '\t' || r == '\n' {
				return ' '
			}
			return r
		}, lineFeeds(raw))
	}
	return resolve(raw)
}

// lineFeeds turns every line end into a line feed (XML 1.0, section 2.11).
func lineFeeds(raw string) string {
	at := strings.IndexByte(raw, '\r')
	if at < 0 {
		return raw
	}
	b := append(make([]byte, 0, len(raw)), raw[:at]...)
	for i := at; i < len(raw); i++ {
		switch c := raw[i]; {
		case c != '\r':
			b = append(b, c)
		case i+1 == len(raw) || raw[i+1] != '\n':
			b = append(b, '\n')
		}
	}
	return string(b)
}

// referenced is the character that a reference names. Without a document type definition there are five
// entities.
func referenced(name string) (rune, error) {
	if number, ok := strings.CutPrefix(name, "#"); ok {
		return numberedCharacter(number)
	}
	switch name {
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "amp":
		return '&', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	return 0, errSyntax
}

// numberedCharacter reads a character's number: decimal, or hexadecimal after an x.
func numberedCharacter(digits string) (rune, error) {
	base := rune(10)
	if hexadecimal, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hexadecimal, 16
	}
	if digits == "" {
		return 0, errSyntax
	}
	var r rune
	for i := range len(digits) {
		digit := hexDigit(digits[i])
		if digit < 0 || digit >= base || r > 0x10FFFF {
			return 0, errSyntax
		}
		r = r*base + digit
	}
	switch {
	case utf16.IsSurrogate(r):
		return 0, errSurrogate
	case !isXMLChar(r):
		return 0, errSyntax
	}
	return r, nil
}

// hexDigit is the value of a digit, or -1.
func hexDigit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return -1
}
